package dev.pocketflow;

import java.time.Duration;
import java.util.Objects;

/**
 * A wait for a person or another system, in which no process has to live: the run is {@link Outcome.Suspended} until
 * {@link Run#signal} brings what it waits for. The signal's action picks the edge, and its payload is put into the store under
 * the signal's name. Whatever stood there before is removed when the wait begins: only the signal says what it said. Not
 * possible in branches and parallel iterations: a run waits for one signal at a time.
 *
 * @param signal the signal's name; not blank
 * @param expires how long it is waited for, after which the run goes on with the action {@value #EXPIRED}; {@code null} for
 *        ever
 * @param payload the key that the payload is put under, and whose type it must have; {@code null} for any JSON
 */
public record Await(String signal, Duration expires, Key<?> payload) implements Step {

    /** The action where no signal came in time. */
    public static final String EXPIRED = "expired";

    /** @throws IllegalArgumentException if the name is blank or not the key's, or the time zero or negative */
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
     * A wait whose signal has any payload.
     *
     * @param signal the signal's name; not blank
     * @param expires how long it is waited for; {@code null} for ever
     */
    public Await(String signal, Duration expires) {
        this(signal, expires, null);
    }

    /**
     * A wait that does not end by itself.
     *
     * @param name the signal's name; not blank
     * @return the step
     */
    public static Await signal(String name) {
        return new Await(name, null, null);
    }

    /**
     * A wait that does not end by itself, for a signal whose payload has a type. A signal whose payload cannot be read as that
     * type is refused, and the run waits on. A signal without a payload is taken.
     *
     * @param key the signal's name and the payload's type
     * @return the step
     */
    public static Await signal(Key<?> key) {
        return new Await(Objects.requireNonNull(key, "key").name(), null, key);
    }

    /**
     * The same wait with an end: then the edge of {@value #EXPIRED} is taken.
     *
     * @param after how long the signal may take; more than zero
     * @return the step
     */
    public Await expires(Duration after) {
        return new Await(signal, after, payload);
    }
}
