package dev.pocketflow;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/** A run that holds no thread while an asynchronous node works. */
final class AsyncWalk {

    private final Run run;
    private final Hop hop;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    private AsyncWalk(Run run, Hop hop) {
        this.run = run;
        this.hop = hop;
    }

    static CompletableFuture<Outcome> start(Run run, Hop hop) {
        AsyncWalk walk = new AsyncWalk(run, hop);
        walk.outcome.whenComplete((done, failure) -> {
            if (walk.outcome.isCancelled()) {
                run.cancel();
            }
        });
        walk.hand();
        return walk.outcome;
    }

    /** Every way out of here ends in the outcome: nobody else would notice a run that is never walked on. */
    private void hand() {
        try {
            run.executor().execute(this::drive);
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
