package dev.pocketflow;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A wait for a person or another system. No process is needed during the wait: the run is {@link Outcome.Suspended} until
 * {@link Run#signal} delivers the signal. The signal's action picks the edge. Its payload is put into the store under the
 * signal's name. An earlier value under that name is removed when the wait begins, so the value is always the signal's.
 * <p>
 * Not possible in branches and parallel iterations: a run waits for one signal at a time.
 *
 * @param signal the signal's name; not blank
 * @param expires the time after which the run continues with the action {@value #EXPIRED}; {@code null} for never
 * @param payload the key that the payload is put under, and whose type it must have; {@code null} for any JSON
 */
public record Await(String signal, @Nullable Duration expires, @Nullable Key<?> payload) implements Step {

    /** The action of a signal that did not arrive in time. */
    public static final String EXPIRED = "expired";

    /** @throws IllegalArgumentException if the name is blank or not the key's, or if the time is zero or negative */
    public Await {
        if (signal == null || signal.isBlank()) {
            throw new IllegalArgumentException("a signal's name must not be blank, was " + signal);
        }
        CarriedValues.name("the signal", signal);
        if (expires != null) {
            Wait.positive(expires, "waiting for signal '" + signal + "'");
        }
        if (payload != null && !payload.name().equals(signal)) {
            throw new IllegalArgumentException(
                    "the key of signal '" + signal + "' must have the signal's name, was '" + payload.name() + "'");
        }
    }

    /**
     * Makes a wait for a signal with any payload.
     *
     * @param signal the signal's name; not blank
     * @param expires the time that the signal may take; {@code null} for no limit
     */
    public Await(String signal, @Nullable Duration expires) {
        this(signal, expires, null);
    }

    /**
     * Makes a wait that does not end by itself.
     *
     * @param name the signal's name; not blank
     * @return the step
     */
    public static Await signal(String name) {
        return new Await(name, null, null);
    }

    /**
     * Makes a wait that does not end by itself, for a signal whose payload has a type. A signal whose payload cannot be read as
     * that type is refused, and the run continues to wait. A signal without a payload is accepted.
     *
     * @param key the signal's name and the payload's type
     * @return the step
     */
    public static Await signal(Key<?> key) {
        return new Await(Objects.requireNonNull(key, "key").name(), null, key);
    }

    /**
     * Limits the time of the wait. When it is over, the run takes the edge of {@value #EXPIRED}.
     *
     * @param after the time that the signal may take; more than zero
     * @return the step
     */
    public Await expires(Duration after) {
        return new Await(signal, after, payload);
    }
}
