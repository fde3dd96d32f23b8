package dev.pocketflow.engine;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JavaType;

import dev.pocketflow.BatchNode;
import dev.pocketflow.FlowException;
import dev.pocketflow.GraphNode;
import dev.pocketflow.Visit;
import dev.pocketflow.engine.context.CarriedParts;
import dev.pocketflow.engine.context.CurrentVisit;
import dev.pocketflow.engine.context.Part;
import dev.pocketflow.engine.context.RunContext;
import dev.pocketflow.engine.position.Position;
import dev.pocketflow.internal.CancellationScope;
import dev.pocketflow.internal.ParallelTasks;
import dev.pocketflow.internal.UndeclaredThrowables;
import dev.pocketflow.internal.json.Json;

/** A visit to a {@link BatchNode}: its items one after another, or several at once. */
final class BatchVisit extends ExecVisit {

    private final BatchNode<Object, Object> node;
    private final List<JavaType> types; // of an item and of a result

    BatchVisit(BatchNode<Object, Object> node) {
        this.node = node;
        this.types = Json.parameters(node, BatchNode.class);
    }

    @Override
    Position.Batch snapshot(Frame frame) {
        return frame.items == null ? null : frame.items.snapshot();
    }

    @Override
    void restore(Frame frame, Position.Batch batch) {
        frame.items = BatchProgress.restored(batch, types);
    }

    @Override
    String visit(VisitRecorder recorder, Frame frame, boolean waiting) {
        recorder.begin(frame, frame.items == null ? 0 : frame.items.sequence);
        String phase = "prep";
        try {
            if (frame.items == null) {
                frame.items = items(recorder.run, node.prep(frame.shared));
            }
            BatchProgress items = frame.items;
            items.sequence = recorder.sequence();
            phase = "exec";
            if (!work(recorder, frame)) {
                items.nanos += recorder.elapsed();
                recorder.end();
                return null;
            }
            phase = "post";
            String action = CarriedParts
                    .action(recorder.posted(node.post(frame.shared, items.all, items.results())));
            frame.items = null;
            recorder.addElapsed(items.nanos);
            return recorder.finished(action, items.attempts.get());
        } catch (Throwable e) {
            throw failed(recorder, frame, phase, e);
        }
    }

    private BatchProgress items(RunContext run, List<Object> read) {
        List<Object> all = read == null ? List.of() : read;
        CarriedParts.items(all);
        BatchProgress items = new BatchProgress(all, types);
        items.all.forEach(item -> run.check(item, types.get(0), "an item"));
        return items;
    }

    private static FlowException failed(VisitRecorder recorder, Frame frame, String phase, Throwable e) {
        boolean ofItem = phase.equals("exec")
                && (e instanceof FlowException.StepFailed || e instanceof FlowException.Stopped);
        FlowException failure = ofItem ? (FlowException) e : recorder.wrapped(phase, e);
        int attempts = frame.items == null ? 0 : frame.items.attempts.get();
        if (frame.items != null) {
            frame.items.sequence = 0; // a resumed run begins the visit again
        }
        return recorder.recorded(failure, attempts);
    }

    /** {@return false if the run is handed over before the last item} */
    private boolean work(VisitRecorder recorder, Frame frame) throws InterruptedException {
        RunContext run = recorder.run;
        CancellationScope scope = recorder.scope;
        BatchProgress items = frame.items;
        int width = node.concurrency();
        if (width < 1) {
            throw new FlowException("concurrency() must be at least 1, was " + width);
        }
        CurrentVisit whole = recorder.get();
        GraphNode next = frame.at.graphNode;
        int[] open = items.open();
        if (width == 1 || open.length < 2) {
            for (int index : open) {
                if (run.due(next, scope)) {
                    return false;
                }
                item(recorder.run, items, whole.of(index), scope);
            }
            return true;
        }
        AtomicBoolean handedOver = new AtomicBoolean();
        ParallelTasks.each(open.length, width, run.options().threads(), scope, (Part) (i, part) -> {
            if (run.due(next, part)) {
                handedOver.set(true);
            } else {
                item(recorder.run, items, whole.of(open[i]), part);
            }
        });
        return !handedOver.get();
    }

    private void item(RunContext run, BatchProgress items, CurrentVisit visit, CancellationScope part) {
        run.check(visit.flow(), visit.node(), part);
        Supplier<Visit> before = CurrentVisit.swap(() -> visit);
        try {
            Object result = node.exec(items.get(visit.index()));
            CarriedParts.result(result, visit.index());
            run.check(result, types.get(1), "the result");
            items.done(visit.index(), result);
            run.itemFinished(part);
        } catch (Throwable thrown) {
            Throwable e = UndeclaredThrowables.unwrapped(thrown);
            visit.execFailed(e);
            throw FlowException.StepFailed.of(visit.flow(), visit.node(), "exec", e, visit.index(), visit.failures());
        } finally {
            items.attempts.addAndGet(visit.attempt());
            CurrentVisit.swap(before);
        }
    }
}
