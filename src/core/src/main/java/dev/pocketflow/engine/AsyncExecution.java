package dev.pocketflow.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import dev.pocketflow.Outcome;

/** A run that holds no thread while an asynchronous node works. */
final class AsyncExecution {

    private final Executor threads;
    private final Execution hop;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    private AsyncExecution(Executor threads, Execution hop) {
        this.threads = threads;
        this.hop = hop;
    }

    static CompletableFuture<Outcome> start(Execution hop, Executor threads) {
        AsyncExecution walk = new AsyncExecution(threads, hop);
        walk.outcome.whenComplete((done, failure) -> {
            if (walk.outcome.isCancelled()) {
                hop.cancel();
            }
        });
        walk.hand();
        return walk.outcome;
    }

    /** Every way out of here ends in the outcome: nobody else would notice a run that is never walked on. */
    private void hand() {
        try {
            threads.execute(this::drive);
        } catch (RejectedExecutionException e) {
            drive();
        } catch (Throwable e) {
            outcome.completeExceptionally(e);
        }
    }

    private void drive() {
        try {
            Outcome reached = hop.walk(false);
            if (reached != null) {
                outcome.complete(reached);
            } else {
                hop.pending().whenComplete((result, failure) -> hand());
            }
        } catch (Throwable e) {
            outcome.completeExceptionally(e);
        }
    }
}
