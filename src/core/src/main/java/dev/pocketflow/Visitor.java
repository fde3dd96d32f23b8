package dev.pocketflow;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes a node through its phases, and records the visit. One thread at a time. */
final class Visitor {

    private final Run run;
    Slot slot; // where the visiting thread is
    private long mark; // when the last visit was over; 0 where that is not when the next begins
    private volatile Pending pending;

    /** An asynchronous node between its exec and its post. */
    private record Pending(Visit visit, Object prepared, CompletableFuture<Object> result, long begun) {
    }

    Visitor(Run run) {
        this.run = run;
    }

    CompletionStage<?> pending() {
        return pending.result;
    }

    void cancel() {
        Pending waiting = pending;
        if (waiting != null) {
            waiting.result.cancel(true);
        }
    }

    /** What comes before the next visit is not on its time, and in no visit. */
    void pause() {
        mark = 0;
        Visit.enter(null);
    }

    /** {@return the action, never empty; null where an asynchronous node has not answered and nobody is to wait} */
    String visit(Frame frame, Flow.Vertex vertex, boolean waiting) {
        Pending resumed = pending;
        if (resumed != null) {
            Visit.enter(resumed.visit);
            return post(frame, vertex, resumed);
        }
        int sequence = run.admit(frame.flow, vertex, slot);
        Visit visit = new Visit(run, frame.flow.name(), vertex.name(), sequence, -1);
        Visit.enter(visit);
        boolean listened = run.listened();
        long begun = mark == 0 || listened ? run.now() : mark;
        if (listened) {
            run.tell(new StepEvent.Started(run.id(), visit.flow(), visit.node(), sequence));
        }
        if (vertex.node != null) {
            return node(frame, vertex, visit, begun);
        }
        return vertex.batch != null ? batch(frame, vertex, visit, begun) : async(frame, vertex, visit, begun, waiting);
    }

    private String node(Frame frame, Flow.Vertex vertex, Visit visit, long begun) {
        Node<Object, Object> node = vertex.node;
        String phase = "prep";
        try {
            Object prepared = node.prep(frame.shared);
            phase = "exec";
            Object result = node.exec(prepared);
            phase = "post";
            return finished(visit, node.post(frame.shared, prepared, result), visit.attempt(), begun);
        } catch (Throwable e) {
            throw failed(visit, phase, e, begun);
        }
    }

    private String batch(Frame frame, Flow.Vertex vertex, Visit visit, long begun) {
        BatchNode<Object, Object> node = vertex.batch;
        AtomicInteger attempts = new AtomicInteger();
        String phase = "prep";
        try {
            List<Object> read = node.prep(frame.shared);
            List<Object> items = read == null ? List.of() : read;
            phase = "exec";
            List<Object> results = items(node, items.toArray(), visit, attempts);
            phase = "post";
            return finished(visit, node.post(frame.shared, items, results), attempts.get(), begun);
        } catch (Throwable e) {
            boolean ofItem = phase.equals("exec")
                    && (e instanceof FlowException.StepFailed || e instanceof FlowException.Stopped);
            throw recorded(visit, ofItem ? (FlowException) e : wrapped(visit, phase, e), attempts.get(), begun);
        }
    }

    private List<Object> items(BatchNode<Object, Object> node, Object[] items, Visit visit, AtomicInteger attempts)
            throws InterruptedException {
        int width = node.concurrency();
        if (width < 1) {
            throw new FlowException("concurrency() must be at least 1, was " + width);
        }
        Object[] results = new Object[items.length];
        if (width == 1 || items.length < 2) {
            for (int i = 0; i < items.length; i++) {
                results[i] = item(node, items[i], visit.of(i), slot, attempts);
            }
        } else {
            Fork.each(items.length, width, run.executor(), slot,
                    (i, part) -> results[i] = item(node, items[i], visit.of(i), part, attempts));
        }
        return Collections.unmodifiableList(Arrays.asList(results));
    }

    private Object item(BatchNode<Object, Object> node, Object item, Visit visit, Slot part, AtomicInteger attempts) {
        run.check(visit.flow(), visit.node(), part);
        Visit before = Visit.enter(visit);
        try {
            return node.exec(item);
        } catch (Throwable e) {
            visit.execFailed(e);
            throw wrapped(visit, "exec of item " + visit.item(), e);
        } finally {
            attempts.addAndGet(visit.attempt());
            Visit.enter(before);
        }
    }

    private String async(Frame frame, Flow.Vertex vertex, Visit visit, long begun, boolean waiting) {
        String phase = "prep";
        Pending begin;
        try {
            Object prepared = vertex.async.prep(frame.shared);
            phase = "exec";
            CompletionStage<Object> stage = vertex.async.exec(prepared);
            begin = new Pending(visit, prepared,
                    stage == null ? CompletableFuture.completedFuture(null) : stage.toCompletableFuture(), begun);
        } catch (Throwable e) {
            throw failed(visit, phase, e, begun);
        }
        pending = begin;
        if (slot.cancelled()) { // since exec began, when there was nothing to cancel yet
            cancel();
        }
        return waiting || begin.result.isDone() ? post(frame, vertex, begin) : null;
    }

    private String post(Frame frame, Flow.Vertex vertex, Pending begin) {
        Visit visit = begin.visit;
        pending = null;
        String phase = "exec";
        try {
            Object result = begin.result.get();
            phase = "post";
            return finished(visit, vertex.async.post(frame.shared, begin.prepared, result), visit.attempt(), begin.begun);
        } catch (ExecutionException e) {
            throw failed(visit, phase, e.getCause(), begin.begun);
        } catch (Throwable e) {
            begin.result.cancel(true);
            throw failed(visit, phase, e, begin.begun);
        }
    }

    private String finished(Visit visit, String returned, int attempts, long begun) {
        String action = Flow.action(returned);
        mark = run.now();
        run.finished(new StepEvent.Finished(run.id(), visit.flow(), visit.node(), visit.sequence(), action, mark - begun,
                attempts, null), slot);
        return action;
    }

    private FlowException failed(Visit visit, String phase, Throwable cause, long begun) {
        if (phase.equals("exec")) {
            visit.execFailed(cause);
        }
        return recorded(visit, wrapped(visit, phase, cause), visit.attempt(), begun);
    }

    private static FlowException.StepFailed wrapped(Visit visit, String phase, Throwable cause) {
        return FlowException.StepFailed.of(visit.flow(), visit.node(), phase, cause);
    }

    private FlowException recorded(Visit visit, FlowException failure, int attempts, long begun) {
        Throwable error = failure instanceof FlowException.StepFailed ? failure.getCause() : failure;
        run.finished(new StepEvent.Finished(run.id(), visit.flow(), visit.node(), visit.sequence(), null, run.now() - begun,
                attempts, error.getClass().getName()), slot);
        return failure;
    }
}
