package dev.pocketflow;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

import dev.pocketflow.internal.ThreadContext;

/**
 * What {@code exec} may know of where it runs. A visit may be kept and used from other threads, for example to
 * {@link #emit} from a callback; {@link #current()} itself works on the thread that called {@code exec} only. Made by the
 * engine; not for implementation by applications.
 */
public interface Visit {

    /**
     * The visit whose phase the calling thread is in.
     *
     * @return the visit
     * @throws IllegalStateException outside a run
     */
    static Visit current() {
        return find().orElseThrow(() -> new IllegalStateException(
                "no step runs on this thread: take Visit.current() in exec and pass it on"));
    }

    /** {@return the visit whose phase the calling thread is in; empty outside a run} */
    static Optional<Visit> find() {
        return Optional.ofNullable((Visit) ThreadContext.get());
    }

    /** {@return the run's ULID} */
    String run();

    /** {@return the name of the innermost flow} */
    String flow();

    /** {@return the node's name in that flow} */
    String node();

    /** {@return the number of the visit in its run, from 1; one that failed and is made again keeps it} */
    int sequence();

    /** {@return the item's index in a batch, from 0; -1 outside a batch} */
    int item();

    /**
     * What a service that is called can tell repetitions by: {@code run/sequence}, and {@code run/sequence/item} in a batch. It
     * is the same for every attempt; for a visit that failed and is made again, by {@code retryLater} or by whoever resumes the
     * run; and for one that a process did not live to finish, where the steps before it take the same way again. A parallel
     * part counts its own visits: {@code run/7.left.2} is the second one in the branch {@code left} of the step 7 (a {@code %},
     * {@code .} or {@code /} in its name is percent-encoded).
     *
     * @return the idempotency key of this call of {@code exec}
     */
    String key();

    /** {@return which call of {@code exec} this is, from 1} */
    int attempt();

    /** {@return how long the invocation may still take; empty where nothing limits it} */
    Optional<Duration> remaining();

    /**
     * {@return whether anybody sees what is emitted: where nobody does, a model that answers in one piece takes less time than
     * one that streams}
     */
    boolean isWatched();

    /**
     * Shows whoever watches something before the step is done, such as a model's token.
     *
     * @param value is not kept; of what JSON can carry, or of a type that a key or a node names: a native executable knows how
     *        to write no other
     */
    void emit(Object value);

    /**
     * Adds to what the run has used, which its envelope carries on, such as 812 {@code tokens}.
     *
     * @param unit what is counted
     * @param amount how much was used now
     * @throws IllegalArgumentException if the amount is infinite or no number, which no envelope can carry
     */
    void use(String unit, double amount);

    /**
     * Counts a call of {@code exec}, and tells listeners if it fails; for libraries that repeat calls, such as a retry
     * interceptor, to put inside their loop.
     *
     * @param call the call of {@code exec}
     * @param <T> its result
     * @return what the call returned; of a stage, one that fails only after the listeners know of it
     * @throws Exception what the call threw
     */
    <T> T attempt(Callable<T> call) throws Exception;
}
