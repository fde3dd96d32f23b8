package dev.pocketflow.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import dev.pocketflow.AsyncNode;
import dev.pocketflow.BatchNode;
import dev.pocketflow.FlowException;
import dev.pocketflow.Node;
import dev.pocketflow.RunEvent;
import dev.pocketflow.Visit;
import dev.pocketflow.internal.CancellationScope;
import dev.pocketflow.internal.ParallelTasks;
import dev.pocketflow.internal.UndeclaredThrowables;

/** Takes a node through its phases, and records the visit. One thread at a time. */
final class VisitRecorder implements Supplier<Visit> {

    private final RunContext run;
    private final ModelAccess model = ModelAccess.get();
    private final String lane;
    /** The visits that were begun in its lane. */
    int made;
    CancellationScope slot; // where the visiting thread is
    private Frame frame;
    private int sequence; // 0 outside a visit
    private CurrentVisit visit; // null until somebody asks: most nodes do not
    private boolean asked; // and so may have entered another
    private long begun;
    private long mark; // when the last visit was over; 0 where that is not when the next begins
    private volatile Pending pending;

    /** An asynchronous node between its exec and its post. */
    private record Pending(Object prepared, CompletableFuture<Object> result) {
    }

    VisitRecorder(RunContext run, String lane) {
        this.run = run;
        this.lane = lane;
    }

    /** {@return the current visit; null outside one} */
    @Override
    public CurrentVisit get() {
        asked = true;
        if (visit == null && sequence != 0) {
            visit = new CurrentVisit(run, frame.flow.name, frame.at.name, sequence, lane, lane.isEmpty() ? sequence : made, -1);
        }
        return visit;
    }

    CompletionStage<?> pending() {
        Pending waiting = pending;
        return waiting == null ? null : waiting.result;
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
        sequence = 0;
        leave();
    }

    private void leave() {
        asked = false;
        visit = null;
        CurrentVisit.swap(this);
    }

    /**
     * {@return the action, never empty; null where an asynchronous node has not answered and nobody is to wait, or the run is
     * handed
     * over between two items}
     */
    String visit(Frame frame, boolean waiting) {
        Vertex vertex = frame.at;
        Pending resumed = pending;
        if (resumed != null) {
            return post(vertex.async, resumed);
        }
        sequence = 0;
        boolean goesOn = frame.items != null && frame.items.sequence > 0;
        int admitted = goesOn ? frame.items.sequence : admit(frame);
        if (asked) {
            leave();
        }
        this.frame = frame;
        model.visiting(frame.shared, vertex.place);
        sequence = admitted;
        boolean listened = run.listened();
        begun = mark == 0 || listened ? run.now() : mark;
        if (listened && !goesOn) {
            run.tell(new RunEvent.Started(run.id(), frame.flow.name, vertex.name, sequence));
        }
        if (vertex.node != null) {
            return node(vertex.node);
        }
        return vertex.batch != null ? batch(vertex.batch) : async(vertex.async, waiting);
    }

    /** Lets a visit begin. {@return its number, which one that failed before has from then} */
    int admit(Frame frame) {
        if (frame.step > 0) {
            return run.again(frame.flow, frame.at, slot, frame.step);
        }
        int admitted = run.admit(frame.flow, frame.at, slot);
        made++;
        return admitted;
    }

    private String node(Node<Object, Object> node) {
        String phase = "prep";
        try {
            Object prepared = node.prep(frame.shared);
            phase = "exec";
            Object result = node.exec(prepared);
            phase = "post";
            return finished(posted(node.post(frame.shared, prepared, result)), attempts());
        } catch (Throwable e) {
            throw failed(phase, e);
        }
    }

    /** {@return the action, once what the visit changed in the store is checked} */
    private String posted(String action) {
        model.checkTouched(frame.shared);
        return action;
    }

    private String batch(BatchNode<Object, Object> node) {
        String phase = "prep";
        try {
            if (frame.items == null) {
                List<Object> read = node.prep(frame.shared);
                List<Object> all = read == null ? List.of() : read;
                CarriedParts.items(all);
                frame.items = new BatchProgress(all, frame.at.types);
                frame.items.all.forEach(item -> run.check(item, frame.at.types.get(0), "an item"));
            }
            BatchProgress items = frame.items;
            items.sequence = sequence;
            phase = "exec";
            if (!work(node, items)) {
                items.nanos += run.now() - begun;
                pause();
                return null;
            }
            phase = "post";
            String action = CarriedParts.action(posted(node.post(frame.shared, items.all, items.results())));
            frame.items = null;
            begun -= items.nanos;
            return finished(action, items.attempts.get());
        } catch (Throwable e) {
            boolean ofItem = phase.equals("exec")
                    && (e instanceof FlowException.StepFailed || e instanceof FlowException.Stopped);
            FlowException failure = ofItem ? (FlowException) e : wrapped(phase, e);
            int attempts = frame.items == null ? 0 : frame.items.attempts.get();
            if (frame.items != null) {
                frame.items.sequence = 0; // who goes on begins the visit again
            }
            throw recorded(failure, attempts);
        }
    }

    /** {@return false where the run is handed over before the last item} */
    private boolean work(BatchNode<Object, Object> node, BatchProgress items) throws InterruptedException {
        int width = node.concurrency();
        if (width < 1) {
            throw new FlowException("concurrency() must be at least 1, was " + width);
        }
        CurrentVisit whole = get();
        Vertex vertex = frame.at;
        int[] open = items.open();
        if (width == 1 || open.length < 2) {
            for (int index : open) {
                if (run.due(vertex, slot)) {
                    return false;
                }
                item(node, items, whole.of(index), slot);
            }
            return true;
        }
        AtomicBoolean handedOver = new AtomicBoolean();
        ParallelTasks.each(open.length, width, run.options().threads(), slot, (Part) (i, part) -> {
            if (run.due(vertex, part)) {
                handedOver.set(true);
            } else {
                item(node, items, whole.of(open[i]), part);
            }
        });
        return !handedOver.get();
    }

    private void item(BatchNode<Object, Object> node, BatchProgress items, CurrentVisit visit, CancellationScope part) {
        run.check(visit.flow(), visit.node(), part);
        Supplier<Visit> before = CurrentVisit.swap(() -> visit);
        try {
            Object result = node.exec(items.get(visit.item()));
            CarriedParts.result(result, visit.item());
            run.check(result, frame.at.types.get(1), "the result");
            items.done(visit.item(), result);
            run.itemFinished(part);
        } catch (Throwable thrown) {
            Throwable e = UndeclaredThrowables.unwrapped(thrown);
            visit.execFailed(e);
            throw FlowException.StepFailed.of(visit.flow(), visit.node(), "exec", e, visit.item(), visit.failures());
        } finally {
            items.attempts.addAndGet(visit.attempt());
            CurrentVisit.swap(before);
        }
    }

    private String async(AsyncNode<Object, Object> node, boolean waiting) {
        String phase = "prep";
        Pending begin;
        try {
            Object prepared = node.prep(frame.shared);
            phase = "exec";
            CompletionStage<Object> stage = node.exec(prepared);
            begin = new Pending(prepared,
                    stage == null ? CompletableFuture.completedFuture(null) : stage.toCompletableFuture());
        } catch (Throwable e) {
            throw failed(phase, e);
        }
        pending = begin;
        if (slot.cancelled()) { // since exec began, when there was nothing to cancel yet
            cancel();
        }
        return waiting || begin.result.isDone() ? post(node, begin) : null;
    }

    private String post(AsyncNode<Object, Object> node, Pending begin) {
        pending = null;
        String phase = "exec";
        try {
            Object result = begin.result.get();
            phase = "post";
            return finished(posted(node.post(frame.shared, begin.prepared, result)), attempts());
        } catch (ExecutionException e) {
            throw failed(phase, e.getCause());
        } catch (Throwable e) {
            begin.result.cancel(true);
            throw failed(phase, e);
        }
    }

    private int attempts() {
        return visit == null ? 1 : visit.attempt();
    }

    private String finished(String returned, int attempts) {
        String action = CarriedParts.action(returned);
        record(action, attempts, null);
        return action;
    }

    private FlowException failed(String phase, Throwable thrown) {
        Throwable cause = UndeclaredThrowables.unwrapped(thrown);
        if (!phase.equals("exec")) {
            return recorded(wrapped(phase, cause), attempts());
        }
        CurrentVisit failed = get();
        failed.execFailed(cause);
        return recorded(FlowException.StepFailed.of(frame.flow.name, frame.at.name, phase, cause, -1, failed.failures()),
                attempts());
    }

    private FlowException.StepFailed wrapped(String phase, Throwable cause) {
        return FlowException.StepFailed.of(frame.flow.name, frame.at.name, phase, UndeclaredThrowables.unwrapped(cause));
    }

    private FlowException recorded(FlowException failure, int attempts) {
        Throwable error = failure instanceof FlowException.StepFailed ? failure.getCause() : failure;
        record(null, attempts, error.getClass().getName());
        frame.step = sequence;
        return failure;
    }

    private void record(String action, int attempts, String error) {
        if (!run.timed()) {
            slot.moved = true;
            return;
        }
        mark = run.now();
        run.finished(new RunEvent.Finished(run.id(), frame.flow.name, frame.at.name, sequence, action, mark - begun,
                attempts, error), slot);
    }
}
