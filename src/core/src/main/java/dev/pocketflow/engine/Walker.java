package dev.pocketflow.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import dev.pocketflow.RemoteFlow;
import dev.pocketflow.Visit;
import dev.pocketflow.engine.context.CurrentVisit;
import dev.pocketflow.engine.context.RunContext;
import dev.pocketflow.engine.position.Position;
import dev.pocketflow.internal.Actions;
import dev.pocketflow.internal.CancellationScope;

/**
 * Walks a flow step by step, with its own stack of frames: nested flows do not use the thread's stack. Parallel iterations and
 * branches have a walker each.
 */
final class Walker {

    private final RunContext run;
    private Frame top;
    private String ended;
    private RemoteFlow remote;
    private boolean resting; // it stopped only for a pause
    private final String lane; // the parallel part that it walks, as the prefix of its visits' keys
    private final VisitRecorder recorder;

    /**
     * @param top where it stands; null at the end
     * @param lane the prefix of the keys of a parallel part's visits; "" for the whole run
     * @param made the visits that were begun in the lane
     */
    Walker(RunContext run, Frame top, String lane, int made) {
        this.run = run;
        this.lane = lane;
        this.recorder = new VisitRecorder(run, lane);
        this.recorder.made = made;
        this.top = top;
        this.ended = top == null ? Actions.DEFAULT : null;
    }

    /**
     * Walks until the flow ends or the walk stops.
     *
     * @param scope where this thread is
     * @param waiting whether to wait for asynchronous nodes on this thread
     * @return the last action; null if the walk stops before: an asynchronous node is {@link #pending()}, the run moves to
     *         another function or is handed over, or the walk {@link #isResting()}
     * @throws dev.pocketflow.FlowException if a step fails or the run is stopped. The frames stay as they are
     */
    String walk(CancellationScope scope, boolean waiting) {
        Supplier<Visit> before = CurrentVisit.swap(recorder);
        recorder.scope = scope;
        resting = false;
        try {
            if (top != null && top.action != null) {
                String answered = top.action;
                top.action = null;
                route(answered);
            }
            while (top != null) {
                Vertex vertex = top.at;
                boolean goesOn;
                if (vertex == null) {
                    goesOn = begin(top, scope);
                } else if (recorder.pending() == null && run.due(vertex.graphNode, scope)) {
                    recorder.end();
                    goesOn = false;
                } else if (top.pause != null && top.pause.retries() > 0) {
                    goesOn = PauseVisit.repeat(this, scope);
                } else {
                    goesOn = vertex.visit.walk(this, scope, waiting);
                }
                if (!goesOn) {
                    return null;
                }
            }
            return ended;
        } finally {
            CurrentVisit.swap(before);
        }
    }

    /** {@return the stage of the asynchronous node that it stands on; null for none} */
    CompletionStage<?> pending() {
        return recorder.pending();
    }

    /** {@return whether it stopped because the run is to be handed over, not because it moves to another function} */
    boolean isDue() {
        return top != null && remote == null && recorder.pending() == null && !resting;
    }

    /** {@return whether it stopped only because a pause is not over} */
    boolean isResting() {
        return resting;
    }

    /** {@return the frame of the node that waits for a signal; null for none} */
    Frame awaiting() {
        return top != null && top.at != null && top.pause != null && top.at.awaits() != null ? top : null;
    }

    void cancelPending() {
        recorder.cancel();
    }

    /** {@return the frames, outermost first; none at the end} */
    List<Position.Frame> position() {
        return position(null, false);
    }

    /**
     * {@return the frames, outermost first; none at the end}
     *
     * @param graph the fingerprint of the first frame's graph; null for a part of a run
     * @param led whether a remote flow led to the first frame
     */
    List<Position.Frame> position(String graph, boolean led) {
        List<Frame> stack = new ArrayList<>();
        for (Frame frame = top; frame != null; frame = frame.parent) {
            stack.add(0, frame);
        }
        List<Position.Frame> frames = new ArrayList<>();
        for (Frame frame : stack) {
            boolean first = frames.isEmpty();
            frames.add(frame.snapshot(first ? graph : null, first && led, first && !lane.isEmpty() ? recorder.made : 0));
        }
        if (remote != null) {
            frames.add(new Position.Frame(remote.flow(), null, null, null, true, null, null, Map.of(), null, 0, 0));
        }
        return frames;
    }

    /**
     * Begins the flow of a frame that stands on no node: on its first node, or by its parallel parts.
     *
     * @return false if the parallel parts stopped before their end
     */
    private boolean begin(Frame frame, CancellationScope scope) {
        recorder.end();
        if (frame.parts == null) {
            open(frame);
        }
        return frame.parts == null || walk(frame.parts, scope);
    }

    private void open(Frame frame) {
        if (!frame.flow.branches.isEmpty()) {
            frame.step = number();
            frame.parts = ParallelParts.branches(run, frame, lane);
        } else if (!frame.flow.isBatch()) {
            frame.begin();
        } else {
            iterate(frame, frame.iterations(run));
        }
    }

    private void iterate(Frame frame, List<Map<String, Object>> iterations) {
        if (iterations.isEmpty()) {
            leave(Actions.DEFAULT);
        } else if (frame.flow.concurrency == 1) {
            frame.iterate(iterations, 0);
            frame.begin();
        } else {
            frame.iterate(iterations, -1);
            frame.step = number();
            frame.parts = ParallelParts.iterations(run, frame, iterations, lane);
        }
    }

    private boolean walk(ParallelParts parts, CancellationScope scope) {
        if (!parts.walk(scope)) {
            resting = parts.isResting();
            return false;
        }
        leave(Actions.DEFAULT);
        return true;
    }

    /** {@return the number of the last visit that was begun} It is the same in a repetition that takes the same path. */
    private int number() {
        return lane.isEmpty() ? run.path.steps() : recorder.made;
    }

    VisitRecorder recorder() {
        return recorder;
    }

    /** {@return the innermost frame; null at the end} */
    Frame top() {
        return top;
    }

    boolean isEnded() {
        return ended != null;
    }

    /** Enters a nested flow. */
    void enter(FlowGraph flow) {
        top = new Frame(top, flow, top.shared, true);
    }

    /** Moves the run to another function. */
    void move(RemoteFlow flow) {
        remote = flow;
    }

    /** Stops the walk for a pause. */
    void rest() {
        resting = true;
    }

    /** Follows an action of the node that the walker stands on. */
    void route(String action) {
        top.retries = 0;
        if (!top.follow(action)) {
            leave(action);
        }
    }

    /**
     * Ends flows, innermost first, until one of them continues. It is apart from {@link #route}, which runs at every step and
     * is small enough for the JIT to inline.
     */
    private void leave(String action) {
        String routed = action;
        do {
            recorder.end();
            top.action = routed; // if closing fails, the resumed run has only this left to do
            routed = top.close(routed);
            top = top.parent;
        } while (top != null && !top.follow(routed));
        if (top == null) {
            ended = routed;
        }
    }
}
