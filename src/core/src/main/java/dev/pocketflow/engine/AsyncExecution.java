package dev.pocketflow.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import dev.pocketflow.Outcome;

/** A run that holds no thread while an asynchronous node works. */
final class AsyncExecution {

    private final Executor threads;
    private final Execution execution;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    private AsyncExecution(Executor threads, Execution execution) {
        this.threads = threads;
        this.execution = execution;
    }

    static CompletableFuture<Outcome> start(Execution execution, Executor threads) {
        AsyncExecution walk = new AsyncExecution(threads, execution);
        walk.outcome.whenComplete((done, failure) -> {
            if (walk.outcome.isCancelled()) {
                execution.cancel();
            }
        });
        walk.hand();
        return walk.outcome;
    }

    /** Completes the outcome in every case: nothing else would notice a run that stopped here. */
    private void hand() {
        try {
            threads.execute(this::drive);
        } catch (RejectedExecutionException e) {
            drive();
        } catch (Throwable e) {
            execution.abort(e);
            outcome.completeExceptionally(e);
        }
    }

    private void drive() {
        try {
            Outcome reached = execution.walk(false);
            if (reached != null) {
                outcome.complete(reached);
            } else {
                execution.pending().whenComplete((result, failure) -> hand());
            }
        } catch (Throwable e) {
            outcome.completeExceptionally(e);
        }
    }
}
