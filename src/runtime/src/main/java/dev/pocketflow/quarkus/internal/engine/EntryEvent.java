package dev.pocketflow.quarkus.internal.engine;

import java.util.List;

import dev.pocketflow.Store;
import dev.pocketflow.quarkus.internal.cloudevent.EventIdentity;
import dev.pocketflow.quarkus.internal.signal.Signal;

/**
 * What an event brings: a new run, one that goes on, a signal for one that waits, or the cancellation of one. Of store,
 * envelope, signal and cancel exactly one is not null.
 *
 * @param store the new run's
 * @param envelope the run that goes on, as JSON
 * @param signal with the run that it is for
 * @param cancel the token of the run to end
 * @param traceparent the W3C trace context that the event came with; null where there is none
 * @param identity what is the same whenever this event comes; null where nothing is
 */
public record EntryEvent(Store store, byte[] envelope, Signal signal, String cancel, String traceparent,
        EventIdentity identity) {

    public EntryEvent(Store store, byte[] envelope, String traceparent) {
        this(store, envelope, null, null, traceparent, null);
    }

    /**
     * {@return it with an identity, unless it has a better one}
     *
     * @param parts of the identity; it is none where one of them is missing
     */
    public EntryEvent of(EventIdentity.Kind kind, String... parts) {
        if (identity != null) {
            return this;
        }
        for (String part : parts) {
            if (part == null || part.isEmpty()) {
                return this;
            }
        }
        return new EntryEvent(store, envelope, signal, cancel, traceparent, new EventIdentity(kind, List.of(parts)));
    }
}
