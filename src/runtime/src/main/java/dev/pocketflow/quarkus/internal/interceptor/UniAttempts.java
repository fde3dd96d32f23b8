package dev.pocketflow.quarkus.internal.interceptor;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

import dev.pocketflow.Visit;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;

/**
 * The attempts of one call of a node's {@code Uni}. SmallRye Fault Tolerance does not tell an attempt that its result is no
 * longer wanted: the caller cancelled, or a timeout came first. This class cancels the subscription of the attempt.
 * Thread-safe.
 */
final class UniAttempts {

    static final String KEY = UniAttempts.class.getName();

    private boolean over;
    private Runnable inFlight = () -> {
    };

    /** {@return what the caller subscribes to: the result of all attempts} */
    Uni<Object> all(Uni<?> guarded) {
        return Uni.createFrom().emitter(caller -> {
            caller.onTermination(this::end);
            guarded.subscribe().with(item -> {
                end();
                caller.complete(item);
            }, failure -> {
                if (end()) { // else the caller is gone, and Mutiny would log the failure
                    caller.fail(failure);
                }
            });
        });
    }

    /** Makes one attempt. After the end it fails without a call of the node. */
    Uni<Object> attempt(Visit visit, Callable<Object> exec) throws Exception {
        if (isOver()) {
            return Uni.createFrom().failure(new CancellationException());
        }
        CompletableFuture<Object> result = new CompletableFuture<>(); // never complete if cancelled: that is no failure
        AtomicReference<Cancellable> subscription = new AtomicReference<>();
        CompletionStage<Object> told = visit.attempt(() -> {
            Uni<?> uni = (Uni<?>) exec.call();
            subscription.set(uni.subscribe().with(result::complete, result::completeExceptionally));
            return result;
        });
        begin(() -> {
            subscription.get().cancel();
            told.toCompletableFuture().completeExceptionally(new CancellationException());
        });
        return Uni.createFrom().completionStage(told);
    }

    private synchronized boolean isOver() {
        return over;
    }

    /** The attempt before has failed, or its time is up. */
    private void begin(Runnable cancel) {
        Runnable unwanted;
        synchronized (this) {
            unwanted = over ? cancel : inFlight;
            inFlight = cancel;
        }
        unwanted.run();
    }

    /** {@return whether it was not the end before} */
    private boolean end() {
        Runnable unwanted;
        synchronized (this) {
            if (over) {
                return false;
            }
            over = true;
            unwanted = inFlight;
        }
        unwanted.run();
        return true;
    }
}
