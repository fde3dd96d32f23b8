package dev.pocketflow.quarkus.internal;

import dev.pocketflow.Store;

/**
 * What an event brings: a new run, one that goes on, a signal for one that waits, or the cancellation of one. Of store,
 * envelope, signal and cancel exactly one is not null.
 *
 * @param store the new run's
 * @param envelope the run that goes on, as JSON
 * @param signal with the run that it is for
 * @param cancel the ULID of the run to end
 * @param traceparent the W3C trace context that the event came with; null where there is none
 * @param identity what is the same whenever this event comes; null where nothing is
 */
record Input(Store store, byte[] envelope, Signal signal, String cancel, String traceparent, String identity) {

    /** What the identity of an event begins with that its client gave it a key for, and nothing else. */
    static final String KEYED = "http";

    Input(Store store, byte[] envelope, String traceparent) {
        this(store, envelope, null, null, traceparent, null);
    }

    /** @param identity of the event, unless it has a better one */
    Input of(String source, String identity) {
        return this.identity != null || identity == null || identity.isBlank() ? this
                : new Input(store, envelope, signal, cancel, traceparent, source + "\n" + identity);
    }

    /** {@return whether it is a new run that its client gave a key for} */
    boolean isKeyed() {
        return store != null && identity != null && identity.startsWith(KEYED + "\n");
    }
}
