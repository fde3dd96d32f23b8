package dev.pocketflow.quarkus.internal.timer;

import java.time.Instant;

import dev.pocketflow.quarkus.HandOverFailed;
import dev.pocketflow.quarkus.internal.transport.EnvelopeTransport;

/** Sends a resting run back to this function when its time comes. Thread-safe. */
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
     * Returns once the run is certain to resume. The run may arrive early, and is then given to the timer again.
     *
     * @param message the run, for this function
     * @param until when the run resumes
     * @throws HandOverFailed if the timer does not accept the run
     */
    void wake(EnvelopeTransport.Message message, Instant until);
}
