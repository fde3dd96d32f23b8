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
 */
record Parcel(Envelope envelope, String traceparent, boolean claimed, Failure failure, Instant expires) {

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
        this(envelope, traceparent, claimed, failure, Instant.MIN);
    }
}
