package dev.pocketflow.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.Store;
import dev.pocketflow.engine.context.ModelAccess;
import dev.pocketflow.engine.context.Part;
import dev.pocketflow.engine.context.RunContext;
import dev.pocketflow.engine.position.Position;
import dev.pocketflow.internal.CancellationScope;
import dev.pocketflow.internal.ParallelTasks;

/** The parts of a flow that run side by side, a walker each: its branches, or the iterations of a batch flow. */
final class ParallelParts {

    private final RunContext run;
    private final FlowGraph flow;
    private final Map<String, Walker> walkers = new LinkedHashMap<>();

    private ParallelParts(RunContext run, FlowGraph flow) {
        this.run = run;
        this.flow = flow;
    }

    /** {@return the branches of a flow, none of which has begun} */
    static ParallelParts branches(RunContext run, Frame frame, String lane) {
        ParallelParts parts = new ParallelParts(run, frame.flow);
        for (Flow branch : frame.flow.branches) {
            parts.walkers.put(branch.name(), branch(run, frame, branch, lane(lane, frame.step, branch.name())));
        }
        return parts;
    }

    private static Walker branch(RunContext run, Frame frame, Flow branch, String lane) {
        return new Walker(run, new Frame(null, FlowGraph.of(branch), shared(frame), true), lane, 0);
    }

    /** {@return the iterations as parts. Each walks the same graph once, and does not call {@code after}} */
    static ParallelParts iterations(RunContext run, Frame frame, List<Map<String, Object>> iterations, String lane) {
        ParallelParts parts = new ParallelParts(run, frame.flow);
        for (int i = 0; i < iterations.size(); i++) {
            Frame first = new Frame(null, frame.flow, ModelAccess.get().with(frame.outer, iterations.get(i)), false);
            first.begin();
            String name = Integer.toString(i);
            parts.walkers.put(name, new Walker(run, first, lane(lane, frame.step, name), 0));
        }
        return parts;
    }

    /** A branch works on a view of its own, so that a message names the node of that branch. */
    private static Store shared(Frame frame) {
        return ModelAccess.get().with(frame.outer, frame.outer.params());
    }

    /**
     * Puts the parts of a saved frame back.
     *
     * @return the parts; those that the flow no longer has are reported to the reader
     */
    static ParallelParts restore(PositionReader reader, RunContext run, Frame frame, Position.Frame saved, String around) {
        ParallelParts parts = new ParallelParts(run, frame.flow);
        Map<String, List<Position.Frame>> open = new LinkedHashMap<>(saved.parts());
        for (Flow branch : frame.flow.branches) {
            List<Position.Frame> position = open.remove(branch.name());
            String lane = lane(around, saved.step(), branch.name());
            parts.walkers.put(branch.name(), position == null ? branch(run, frame, branch, lane)
                    : reader.walker(FlowGraph.of(branch), shared(frame), true, position, lane));
        }
        List<Map<String, Object>> iterations = saved.loop() == null || frame.flow.concurrency == 1 ? List.of()
                : saved.loop().iterations();
        for (int i = 0; i < iterations.size(); i++) {
            String name = Integer.toString(i);
            parts.walkers.put(name, reader.walker(frame.flow, ModelAccess.get().with(frame.outer, iterations.get(i)), false,
                    open.remove(name), lane(around, saved.step(), name)));
        }
        open.values().removeIf(List::isEmpty);
        open.keySet().forEach(name -> reader.gone("part '" + name + "' of flow '" + saved.flow() + "'"));
        return parts;
    }

    /** {@return the positions of the parts by name; an empty one has ended} */
    Map<String, List<Position.Frame>> snapshot() {
        Map<String, List<Position.Frame>> positions = new LinkedHashMap<>();
        walkers.forEach((name, part) -> positions.put(name, part.position()));
        return positions;
    }

    /**
     * Walks the parts that have not ended, at most as many at once as the flow allows.
     *
     * @return whether all have ended
     */
    boolean walk(CancellationScope scope) {
        List<Walker> open = walkers.values().stream().filter(part -> !part.isEnded()).toList();
        try {
            if (!open.isEmpty()) { // else the run stopped after all had ended
                ParallelTasks.each(open.size(), flow.branches.isEmpty() ? flow.concurrency : Integer.MAX_VALUE,
                        run.options().threads(), scope, (Part) (i, part) -> open.get(i).walk(part, true));
            }
        } catch (InterruptedException | CancellationException e) {
            throw FlowException.StepFailed.of(flow.name, null, "waiting for parallel parts", e);
        }
        return open.stream().allMatch(Walker::isEnded);
    }

    /** {@return whether the parts that have not ended stopped for nothing but a pause} */
    boolean isResting() {
        return walkers.values().stream().allMatch(part -> part.isEnded() || part.isResting());
    }

    /**
     * {@return the prefix of the keys of a part's visits}. Dots separate parts and slashes separate the members of a key, so
     * both are encoded in the name of a part.
     */
    private static String lane(String around, int step, String part) {
        return around + step + "." + part.replace("%", "%25").replace(".", "%2E").replace("/", "%2F") + ".";
    }
}
