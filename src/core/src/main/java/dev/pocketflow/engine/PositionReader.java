package dev.pocketflow.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JavaType;

import dev.pocketflow.Envelope;
import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.Store;

/** Puts a position back onto a flow, by names: what stands there now may be another class, or another graph. */
final class PositionReader {

    private final RunContext run;
    private final List<String> unresolved = new ArrayList<>();

    private PositionReader(RunContext run) {
        this.run = run;
    }

    /** @throws FlowException.Drifted if a frame stands on what is no longer there */
    static Walker walker(RunContext run, FlowGraph flow, Store outer, List<Envelope.Frame> position) {
        PositionReader restored = new PositionReader(run);
        Walker walker = restored.walker(flow, outer, true, position, "");
        if (!restored.unresolved.isEmpty()) {
            throw new FlowException.Drifted(flow.name, restored.unresolved);
        }
        return walker;
    }

    private Walker walker(FlowGraph flow, Store outer, boolean whole, List<Envelope.Frame> position, String lane) {
        Frame top = null;
        for (Envelope.Frame saved : position) {
            FlowGraph next = top == null ? flow : top.at == null ? null : top.at.flow == null ? null : top.at.nested();
            if (next == null || !next.name.equals(saved.flow())) {
                unresolved.add("flow '" + saved.flow() + "'"
                        + (top == null || top.at == null ? ""
                                : " at node '" + top.at.name + "' of flow '" + top.flow.name + "'"));
                break;
            }
            top = new Frame(top, next, top == null ? outer : top.shared, whole || top != null);
            if (!frame(top, saved, lane)) {
                break;
            }
        }
        return new Walker(run, top, lane, position.isEmpty() ? 0 : position.get(0).steps());
    }

    /** {@return whether what the frame stands on is still there} */
    private boolean frame(Frame frame, Envelope.Frame saved, String lane) {
        frame.action = saved.action();
        frame.step = saved.step();
        if (saved.loop() != null) {
            frame.iterate(saved.loop().iterations(), saved.loop().index());
        }
        if (saved.node() != null) {
            frame.at = frame.flow.nodes.get(saved.node());
            if (frame.at == null || saved.pause() != null && !frame.rest(saved.pause())) {
                return gone("node '" + saved.node() + "' of flow '" + saved.flow() + "'");
            }
        } else if (!saved.parts().isEmpty()) {
            return parts(frame, saved, lane);
        }
        return saved.batch() == null || batch(frame, saved.batch());
    }

    private boolean batch(Frame frame, Envelope.Batch batch) {
        List<JavaType> types = frame.at.types;
        try {
            if (types.isEmpty()) {
                throw new IllegalArgumentException("no batch node");
            }
            frame.items = BatchProgress.restored(batch, types);
            return true;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return gone("the items of node '" + frame.at.name + "' of flow '" + frame.flow.name + "'");
        }
    }

    private boolean parts(Frame frame, Envelope.Frame saved, String around) {
        Map<String, List<Envelope.Frame>> open = new LinkedHashMap<>(saved.parts());
        frame.parts = new LinkedHashMap<>();
        for (Flow branch : frame.flow.branches) {
            List<Envelope.Frame> position = open.remove(branch.name());
            String lane = Walker.lane(around, saved.step(), branch.name());
            frame.parts.put(branch.name(),
                    position == null
                            ? new Walker(run,
                                    new Frame(null, FlowGraph.of(branch),
                                            ModelAccess.get().with(frame.outer, frame.outer.params()), true),
                                    lane, 0)
                            : walker(FlowGraph.of(branch), ModelAccess.get().with(frame.outer, frame.outer.params()), true,
                                    position, lane));
        }
        List<Map<String, Object>> iterations = saved.loop() == null || frame.flow.concurrency == 1 ? List.of()
                : saved.loop().iterations();
        for (int i = 0; i < iterations.size(); i++) {
            String name = Integer.toString(i);
            frame.parts.put(name,
                    walker(frame.flow, ModelAccess.get().with(frame.outer, iterations.get(i)), false, open.remove(name),
                            Walker.lane(around, saved.step(), name)));
        }
        open.values().removeIf(List::isEmpty);
        open.keySet().forEach(name -> gone("part '" + name + "' of flow '" + saved.flow() + "'"));
        return open.isEmpty();
    }

    private boolean gone(String what) {
        unresolved.add(what);
        return false;
    }
}
