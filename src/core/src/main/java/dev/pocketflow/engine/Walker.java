package dev.pocketflow.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import dev.pocketflow.Await;
import dev.pocketflow.Envelope;
import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.GraphNode;
import dev.pocketflow.RemoteFlow;
import dev.pocketflow.Visit;
import dev.pocketflow.internal.Actions;
import dev.pocketflow.internal.CancellationScope;
import dev.pocketflow.internal.ParallelTasks;

/**
 * Walks a flow step by step, with its own stack of frames: how deep flows nest is no matter of the thread's. Parallel
 * iterations and branches have a walker each.
 */
final class Walker {

    private final RunContext run;
    private Frame top;
    private String ended;
    private RemoteFlow remote;
    private boolean resting; // it stopped for nothing but a pause
    private final String lane;
    private final VisitRecorder visitor;

    /**
     * @param top where it stands; null at the end
     * @param lane which of the parts that run side by side, as the keys of its visits begin; "" for the whole
     * @param made the visits that were begun there
     */
    Walker(RunContext run, Frame top, String lane, int made) {
        this.run = run;
        this.lane = lane;
        this.visitor = new VisitRecorder(run, lane);
        this.visitor.made = made;
        this.top = top;
        this.ended = top == null ? Actions.DEFAULT : null;
    }

    /**
     * Walks on.
     *
     * @param slot where this thread is
     * @param waiting whether to wait for asynchronous nodes on this thread
     * @return the last action; null where it stops before that: an asynchronous node is {@link #pending()}, another function is
     *         to go on, the run is handed over, or {@link #isResting()}
     * @throws FlowException what ended the walk; the frames stay as they were
     */
    String walk(CancellationScope slot, boolean waiting) {
        Supplier<Visit> before = CurrentVisit.swap(visitor);
        visitor.slot = slot;
        resting = false;
        try {
            if (top != null && top.action != null) {
                String answered = top.action;
                top.action = null;
                route(answered);
            }
            while (top != null) {
                Vertex vertex = top.at;
                if (vertex == null) {
                    if (!begin(top, slot)) {
                        return null;
                    }
                } else if (visitor.pending() == null && run.due(vertex, slot)) {
                    visitor.pause();
                    return null;
                } else if (vertex.rest || top.pause != null) {
                    if (!rested(vertex, slot)) {
                        return null;
                    }
                } else if (vertex.flow != null) {
                    visitor.admit(top);
                    top = new Frame(top, vertex.nested(), top.shared, true);
                } else if (vertex.remote != null) {
                    visitor.admit(top);
                    remote = vertex.remote;
                    return null;
                } else if (!visited(slot, waiting)) {
                    return null;
                }
            }
            return ended;
        } finally {
            CurrentVisit.swap(before);
        }
    }

    /** {@return the stage of the asynchronous node that it stands on; null where nothing is pending} */
    CompletionStage<?> pending() {
        return visitor.pending();
    }

    /** {@return whether it stopped because the run is to be handed over, not because it moves to another function} */
    boolean isDue() {
        return top != null && remote == null && visitor.pending() == null && !resting;
    }

    /** {@return whether it stopped because a pause is not over, and for nothing else} */
    boolean isResting() {
        return resting;
    }

    /** {@return the frame of the node that waits for a signal; null where none does} */
    Frame awaiting() {
        return top != null && top.at != null && top.pause != null && top.at.step instanceof Await ? top : null;
    }

    void cancelPending() {
        visitor.cancel();
    }

    /** {@return the frames, outermost first; none at the end} */
    List<Envelope.Frame> position() {
        return position(null, false);
    }

    /** @param graph of the first frame, and @param led whether a remote flow led there */
    List<Envelope.Frame> position(String graph, boolean led) {
        List<Frame> stack = new ArrayList<>();
        for (Frame frame = top; frame != null; frame = frame.parent) {
            stack.add(0, frame);
        }
        List<Envelope.Frame> frames = new ArrayList<>();
        for (Frame frame : stack) {
            boolean first = frames.isEmpty();
            frames.add(frame.snapshot(first ? graph : null, first && led, first && !lane.isEmpty() ? visitor.made : 0));
        }
        if (remote != null) {
            frames.add(new Envelope.Frame(remote.flow(), null, null, null, true, null, null, Map.of(), null, 0, 0));
        }
        return frames;
    }

    /** {@return false where the walk stops here: the node is handed over in the midst of it, or repeated later} */
    private boolean visited(CancellationScope slot, boolean waiting) {
        String action;
        try {
            action = visitor.visit(top, waiting);
        } catch (FlowException.StepFailed e) {
            if (!later(e, slot)) {
                throw e;
            }
            return false;
        }
        if (action == null) {
            return false;
        }
        route(action);
        return true;
    }

    private boolean later(FlowException.StepFailed e, CancellationScope slot) {
        GraphNode.RetryLater retry = top.at.retryLater;
        if (retry == null || !e.isInExec() || slot.cancelled() || top.retries >= retry.times()) {
            return false;
        }
        visitor.pause();
        top.pause = run.pause(0, retry.delay(), top.retries + 1);
        resting = true;
        return true;
    }

    /** {@return whether the pause that it stands in is over, and the walk goes on} */
    private boolean rested(Vertex vertex, CancellationScope slot) {
        visitor.pause();
        run.check(top.flow.name, vertex.name, slot);
        if (top.pause == null) {
            top.pause = run.rest(top.flow, vertex, slot);
            PauseVisit.expect(top.shared, vertex);
        }
        String signalled = top.signalled;
        if (signalled == null && !run.isOver(top.pause)) {
            resting = true;
            return false;
        }
        Envelope.Pause pause = top.pause;
        top.pause = null;
        top.signalled = null;
        top.retries = pause.retries();
        if (vertex.rest) {
            String action = signalled != null ? signalled : vertex.step instanceof Await ? Await.EXPIRED : Actions.DEFAULT;
            run.rested(top.flow, vertex, pause, action, slot);
            route(action);
        }
        return true;
    }

    /** {@return false where the parts that run side by side stopped before their end} */
    private boolean begin(Frame frame, CancellationScope slot) {
        visitor.pause();
        if (frame.parts == null) {
            open(frame);
        }
        return frame.parts == null || fork(frame, slot);
    }

    private void open(Frame frame) {
        if (!frame.flow.branches.isEmpty()) {
            frame.step = number();
            frame.parts = new LinkedHashMap<>();
            for (Flow branch : frame.flow.branches) {
                frame.parts.put(branch.name(),
                        new Walker(run,
                                new Frame(null, FlowGraph.of(branch), ModelAccess.get().with(frame.outer, frame.outer.params()),
                                        true),
                                lane(lane, frame.step, branch.name()), 0));
            }
        } else if (!frame.flow.isBatch()) {
            frame.begin();
        } else {
            List<Map<String, Object>> iterations = frame.iterations(run);
            if (iterations.isEmpty()) {
                leave(Actions.DEFAULT);
            } else if (frame.flow.concurrency == 1) {
                frame.iterate(iterations, 0);
                frame.begin();
            } else {
                frame.iterate(iterations, -1);
                frame.step = number();
                frame.parts = new LinkedHashMap<>();
                for (int i = 0; i < iterations.size(); i++) {
                    frame.parts.put(Integer.toString(i), iteration(frame, iterations.get(i), i));
                }
            }
        }
    }

    /** A walker of one parallel iteration: of the same graph, but without iterations and {@code after}. */
    private Walker iteration(Frame frame, Map<String, Object> params, int index) {
        Frame first = new Frame(null, frame.flow, ModelAccess.get().with(frame.outer, params), false);
        first.begin();
        return new Walker(run, first, lane(lane, frame.step, Integer.toString(index)), 0);
    }

    private boolean fork(Frame frame, CancellationScope slot) {
        List<Walker> open = frame.parts.values().stream().filter(part -> part.ended == null).toList();
        try {
            if (!open.isEmpty()) { // else it was stopped when all had come
                ParallelTasks.each(open.size(), frame.flow.branches.isEmpty() ? frame.flow.concurrency : Integer.MAX_VALUE,
                        run.options().threads(), slot, (Part) (i, part) -> open.get(i).walk(part, true));
            }
        } catch (InterruptedException | CancellationException e) {
            throw FlowException.StepFailed.of(frame.flow.name, null, "waiting for parallel parts", e);
        }
        if (open.stream().anyMatch(part -> part.ended == null)) {
            resting = open.stream().allMatch(part -> part.ended != null || part.resting);
            return false;
        }
        leave(Actions.DEFAULT);
        return true;
    }

    /** {@return the number of the last visit that was begun: the same whenever the steps before take the same way} */
    private int number() {
        return lane.isEmpty() ? run.path.steps() : visitor.made;
    }

    /** A name's dots must not look like those between parts, nor its slashes like those of a key. */
    static String lane(String around, int step, String part) {
        return around + step + "." + part.replace("%", "%25").replace(".", "%2E").replace("/", "%2F") + ".";
    }

    private void route(String action) {
        top.retries = 0;
        if (!top.follow(action)) {
            leave(action);
        }
    }

    /**
     * Ends flows, innermost first, until one of them goes on. Apart from {@link #route}, which runs at every step and stays
     * small
     * enough for the JIT to inline.
     */
    private void leave(String action) {
        String routed = action;
        do {
            visitor.pause();
            top.action = routed; // where closing fails, this is all that is left to do
            routed = top.close(routed);
            top = top.parent;
        } while (top != null && !top.follow(routed));
        if (top == null) {
            ended = routed;
        }
    }
}
