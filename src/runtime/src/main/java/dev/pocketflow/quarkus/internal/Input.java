package dev.pocketflow.quarkus.internal;

import dev.pocketflow.Store;

/**
 * What an event brings: a new run, or one that goes on.
 *
 * @param store the new run's; null where one goes on
 * @param envelope the one that goes on, as JSON; null for a new run
 * @param traceparent the W3C trace context that the event came with; null where there is none
 */
record Input(Store store, byte[] envelope, String traceparent) {
}
