package dev.pocketflow;

import java.time.Duration;

/**
 * A wait for a person or another system, in which no process has to live: the run is {@link Outcome.Suspended} until
 * {@link Run#signal} brings what it waits for. The signal's action picks the edge, and its payload is put into the store under
 * the
 * signal's name. Not possible in branches and parallel iterations: a run waits for one signal at a time.
 *
 * @param signal the signal's name; not blank
 * @param expires how long it is waited for, after which the run goes on with the action {@value #EXPIRED}; {@code null} for
 *        ever
 */
public record Await(String signal, Duration expires) implements Step {

    /** The action where no signal came in time. */
    public static final String EXPIRED = "expired";

    /** @throws IllegalArgumentException if the name is blank, or the time zero or negative */
    public Await {
        if (signal == null || signal.isBlank()) {
            throw new IllegalArgumentException("a signal's name must not be blank, was " + signal);
        }
        if (expires != null) {
            Wait.positive(expires, "waiting for signal '" + signal + "'");
        }
    }

    /**
     * A wait that does not end by itself.
     *
     * @param name the signal's name; not blank
     * @return the step
     */
    public static Await signal(String name) {
        return new Await(name, null);
    }

    /**
     * The same wait with an end: then the edge of {@value #EXPIRED} is taken.
     *
     * @param after how long the signal may take; more than zero
     * @return the step
     */
    public Await expires(Duration after) {
        return new Await(signal, after);
    }
}
