package dev.pocketflow.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

import dev.pocketflow.AsyncNode;

/** A visit to an {@link AsyncNode}, which may leave its thread between {@code exec} and {@code post}. */
final class AsyncVisit extends ExecVisit {

    /** An asynchronous node between its {@code exec} and its {@code post}. */
    record Pending(Object prepared, CompletableFuture<Object> result) {

        void cancel() {
            result.cancel(true);
        }
    }

    private final AsyncNode<Object, Object> node;

    AsyncVisit(AsyncNode<Object, Object> node) {
        this.node = node;
    }

    @Override
    String visit(VisitRecorder recorder, Frame frame, boolean waiting) {
        Pending resumed = recorder.pending;
        if (resumed != null) {
            return post(recorder, frame, resumed);
        }
        recorder.begin(frame, 0);
        String phase = "prep";
        Pending begin;
        try {
            Object prepared = node.prep(frame.shared);
            phase = "exec";
            CompletionStage<Object> stage = node.exec(prepared);
            begin = new Pending(prepared,
                    stage == null ? CompletableFuture.completedFuture(null) : stage.toCompletableFuture());
        } catch (Throwable e) {
            throw recorder.failed(phase, e);
        }
        recorder.pending = begin;
        if (recorder.scope.cancelled()) { // before there was a stage to cancel
            begin.cancel();
        }
        return waiting || begin.result.isDone() ? post(recorder, frame, begin) : null;
    }

    private String post(VisitRecorder recorder, Frame frame, Pending begin) {
        recorder.pending = null;
        String phase = "exec";
        try {
            Object result = begin.result.get();
            phase = "post";
            return recorder.finished(recorder.posted(node.post(frame.shared, begin.prepared, result)), recorder.attempts());
        } catch (ExecutionException e) {
            throw recorder.failed(phase, e.getCause());
        } catch (Throwable e) {
            begin.cancel();
            throw recorder.failed(phase, e);
        }
    }
}
