package dev.pocketflow.quarkus.internal;

import java.time.Instant;

import dev.pocketflow.Envelope;

/**
 * A run on its way, with what belongs to its travel.
 *
 * @param envelope the run
 * @param traceparent the W3C trace context of the hop that sent it; null where there is none
 * @param claimed whether something of the run is at the claim check, or was
 * @param failure why it is parked; null where it is not
 * @param expires until when the envelope that it came in is taken; the beginning of time where it came in none
 * @param signal the digest of the signal that the hop came with, if that was kept; null where there was none
 */
record Parcel(Envelope envelope, String traceparent, boolean claimed, Failure failure, Instant expires, String signal) {

    /**
     * Why a run is parked.
     *
     * @param flow the name of the flow that failed
     * @param node the node's; null in a flow's own function
     * @param type the class of what was thrown
     * @param message safe to show
     */
    record Failure(String flow, String node, String type, String message) {
    }

    Parcel(Envelope envelope, String traceparent, boolean claimed) {
        this(envelope, traceparent, claimed, null);
    }

    Parcel(Envelope envelope, String traceparent, boolean claimed, Failure failure) {
        this(envelope, traceparent, claimed, failure, Instant.MIN, null);
    }

    /** {@return it as it came, with a signal} */
    Parcel signalled(String digest) {
        return new Parcel(envelope, traceparent, claimed, failure, expires, digest);
    }

    /** {@return the same run later} */
    Parcel at(Envelope run, Failure why) {
        return new Parcel(run, traceparent, claimed, why, Instant.MIN, signal);
    }

    /** {@return the same run on its way to the next hop} */
    Parcel next(Envelope run) {
        return new Parcel(run, Traceparent.next(traceparent), claimed, null, Instant.MIN, signal);
    }
}
