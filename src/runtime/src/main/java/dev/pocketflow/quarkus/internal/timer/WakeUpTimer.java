package dev.pocketflow.quarkus.internal.timer;

import java.time.Instant;

import dev.pocketflow.quarkus.HandOverFailed;
import dev.pocketflow.quarkus.internal.transport.EnvelopeTransport;

/** Brings a run that rests back to this function. Thread-safe. */
public interface WakeUpTimer {

    /** Stands in for a timer that is not configured. */
    WakeUpTimer NONE = new NoTimer();

    /** {@return whether no timer is configured} */
    default boolean isNone() {
        return this == NONE;
    }

    /** {@return the most bytes of an envelope} */
    int limit();

    /**
     * Returns once the run will be brought back for sure. It may come early, and is then given to the timer again.
     *
     * @param message the run, for this function
     * @param until when the run goes on
     * @throws HandOverFailed if it will not
     */
    void wake(EnvelopeTransport.Message message, Instant until);
}
