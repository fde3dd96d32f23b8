package dev.pocketflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Walks a flow step by step, with its own stack of frames: how deep flows nest is no matter of the thread's. Parallel
 * iterations and branches have a walker each.
 */
final class Walker {

    private final Run run;
    private Frame top;
    private String ended;
    private boolean opened;
    private Throwable failure;
    private final Visitor visitor;

    Walker(Run run, Flow flow, Store store) {
        this(run, new Frame(null, flow, store, true));
    }

    private Walker(Run run, Frame top) {
        this.run = run;
        this.visitor = new Visitor(run);
        this.top = top;
    }

    /** A walker of one parallel iteration: of the same graph, but without iterations and {@code after}. */
    private static Walker iteration(Run run, Frame frame, Map<String, Object> params) {
        Walker walker = new Walker(run, new Frame(null, frame.flow, frame.outer.with(params), false));
        walker.top.begin(null);
        walker.opened = true;
        return walker;
    }

    /**
     * Walks on.
     *
     * @param slot where this thread is
     * @param waiting whether to wait for asynchronous nodes on this thread
     * @return the last action; null where an asynchronous node is {@link #pending()}
     * @throws FlowException what ended the walk; the frames stay as they were
     */
    String walk(Slot slot, boolean waiting) {
        Supplier<Visit> before = Visit.swap(visitor);
        visitor.slot = slot;
        try {
            if (!opened) {
                opened = true;
                open(top);
            }
            while (top != null) {
                Flow.Vertex vertex = top.at;
                if (vertex.flow != null) {
                    run.admit(top.flow, vertex, slot);
                    top = new Frame(top, vertex.flow, top.shared, true);
                    open(top);
                } else {
                    String action = visitor.visit(top, waiting);
                    if (action == null) {
                        return null;
                    }
                    route(action);
                }
            }
            return ended;
        } catch (Throwable e) {
            failure = e;
            throw e;
        } finally {
            Visit.swap(before);
        }
    }

    CompletionStage<?> pending() {
        return visitor.pending();
    }

    void cancelPending() {
        visitor.cancel();
    }

    List<Envelope.Frame> position() {
        List<Envelope.Frame> frames = new ArrayList<>();
        for (Frame frame = top; frame != null; frame = frame.parent) {
            frames.add(0, frame.position());
        }
        if (top != null) {
            top.children.stream().filter(child -> child.failure != null && child.failure == failure).findFirst()
                    .ifPresent(child -> frames.addAll(child.position()));
        }
        return frames;
    }

    private void open(Frame frame) {
        visitor.pause();
        if (!frame.flow.branches().isEmpty()) {
            fork(frame, frame.flow.branches().stream().map(branch -> new Walker(run, branch, frame.outer)).toList(),
                    Integer.MAX_VALUE);
        } else if (frame.flow.isBatch()) {
            List<Map<String, Object>> iterations = iterations(frame);
            if (iterations.isEmpty()) {
                route(Flow.DEFAULT);
            } else if (frame.flow.concurrency == 1) {
                frame.begin(iterations);
            } else {
                fork(frame, iterations.stream().map(params -> iteration(run, frame, params)).toList(),
                        frame.flow.concurrency);
            }
        } else {
            frame.begin(null);
        }
    }

    private List<Map<String, Object>> iterations(Frame frame) {
        try {
            return frame.flow.iterations(frame.outer);
        } catch (Throwable e) {
            throw FlowException.StepFailed.of(frame.flow.name(), null, "forEach", e);
        }
    }

    private void fork(Frame frame, List<Walker> children, int width) {
        frame.children = children;
        try {
            Fork.each(children.size(), width, run.executor(), visitor.slot, (i, slot) -> children.get(i).walk(slot, true));
        } catch (InterruptedException | CancellationException e) {
            throw FlowException.StepFailed.of(frame.flow.name(), null, "waiting for parallel parts", e);
        }
        route(Flow.DEFAULT);
    }

    private void route(String action) {
        if (!top.follow(action)) {
            leave(action);
        }
    }

    /** Apart from {@link #route}, which runs at every step and stays small enough for the JIT to inline. */
    private void leave(String action) {
        String routed = action;
        do {
            visitor.pause();
            routed = top.close(routed);
            top = top.parent;
        } while (top != null && !top.follow(routed));
        if (top == null) {
            ended = routed;
        }
    }
}
