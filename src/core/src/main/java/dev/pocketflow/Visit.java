package dev.pocketflow;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import dev.pocketflow.internal.ThreadContext;

/**
 * The visit that a call of {@code exec} belongs to. A visit may be stored and used from other threads, for example to
 * {@link #emit} from a callback. {@link #current()} works only on the thread that called {@code exec}. The engine makes visits;
 * applications do not implement this interface.
 */
public interface Visit {

    /**
     * The visit whose phase runs on the calling thread.
     *
     * @return the visit
     * @throws IllegalStateException outside a run
     */
    static Visit current() {
        return find().orElseThrow(() -> new IllegalStateException(
                "no step runs on this thread: take Visit.current() in exec and pass it on"));
    }

    /** {@return the visit whose phase runs on the calling thread; empty outside a run} */
    static Optional<Visit> find() {
        return Optional.ofNullable((Visit) ThreadContext.get());
    }

    /** {@return the run's ULID} */
    String run();

    /** {@return the name of the innermost flow} */
    String flow();

    /** {@return the node's name in that flow} */
    String node();

    /** {@return the number of the visit in its run, from 1; a visit that failed and is made again keeps it} */
    int sequence();

    /** {@return the item's index in a batch, from 0; empty outside a batch} */
    OptionalInt item();

    /**
     * The idempotency key for a called service: {@code run/sequence}, and {@code run/sequence/item} in a batch. The key is the
     * same in these cases:
     * <ul>
     * <li>for every attempt;</li>
     * <li>for a visit that failed and is made again, by {@code retryLater} or by resuming the run;</li>
     * <li>for a visit that a crash interrupted, if the steps before it take the same way again.</li>
     * </ul>
     * A parallel part counts its own visits: {@code run/7.left.2} is the second one in the branch {@code left} of the step 7 (a
     * {@code %}, {@code .} or {@code /} in its name is percent-encoded).
     *
     * @return the idempotency key of this call of {@code exec}
     */
    String key();

    /** {@return the number of this call of {@code exec}, from 1} */
    int attempt();

    /** {@return the remaining time of the invocation; empty if it is not limited} */
    Optional<Duration> remaining();

    /**
     * {@return whether anybody sees emitted values}. If nobody does, a model that answers in one piece takes less time than one
     * that streams.
     */
    boolean isWatched();

    /**
     * Shows a value before the step is done, such as a model's token, to those who watch the run.
     *
     * @param value a value that JSON can carry, or of a type that a key or a node names: a native executable can write no
     *        others. It is not stored
     */
    void emit(Object value);

    /**
     * Adds to the usage of the run, such as 812 {@code tokens}. The envelope carries the usage to later hops.
     *
     * @param unit the unit
     * @param amount the amount used now
     * @throws IllegalArgumentException if the amount is infinite or NaN, which no envelope can carry
     */
    void use(String unit, double amount);

    /**
     * Counts a call of {@code exec}, and sends an event to listeners if it fails. It is for libraries that repeat calls, such
     * as a retry interceptor, which call it inside their loop.
     *
     * @param call the call of {@code exec}
     * @param <T> its result
     * @return the result of the call; a stage fails only after the listeners know of it
     * @throws Exception the exception of the call
     */
    <T extends @Nullable Object> T attempt(Callable<T> call) throws Exception;
}
