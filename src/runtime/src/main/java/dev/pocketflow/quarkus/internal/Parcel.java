package dev.pocketflow.quarkus.internal;

import dev.pocketflow.Envelope;

/**
 * A run on its way, with what belongs to its travel.
 *
 * @param envelope the run
 * @param traceparent the W3C trace context of the hop that sent it; null where there is none
 * @param claimed whether something of the run is at the claim check, or was
 */
record Parcel(Envelope envelope, String traceparent, boolean claimed) {
}
