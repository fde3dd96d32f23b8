package dev.pocketflow.quarkus.internal.engine;

import java.util.List;

import dev.pocketflow.Store;
import dev.pocketflow.quarkus.internal.cloudevent.EventIdentity;
import dev.pocketflow.quarkus.internal.signal.Signal;

/** An event that an entry point received. {@link HopEngine#begin} decides what it does. */
public sealed interface EntryEvent {

    /**
     * {@return the event with an identity, unless it has a better one}
     *
     * @param parts of the identity; there is none if one of them is missing
     */
    default EntryEvent withIdentity(EventIdentity.Kind kind, String... parts) {
        return this;
    }

    /**
     * Starts a run. Only this event has an identity: the others name their run.
     *
     * @param store the run's first store
     * @param traceparent the W3C trace context of the event; null if it has none
     * @param identity equal in every delivery of the event; null if nothing is
     */
    record StartRun(Store store, String traceparent, EventIdentity identity) implements EntryEvent {

        public StartRun(Store store, String traceparent) {
            this(store, traceparent, null);
        }

        @Override
        public EntryEvent withIdentity(EventIdentity.Kind kind, String... parts) {
            if (identity != null) {
                return this;
            }
            for (String part : parts) {
                if (part == null || part.isEmpty()) {
                    return this;
                }
            }
            return new StartRun(store, traceparent, new EventIdentity(kind, List.of(parts)));
        }
    }

    /**
     * Resumes a run.
     *
     * @param envelope the sealed run as JSON
     */
    record ResumeRun(byte[] envelope) implements EntryEvent {
    }

    /**
     * Resumes a suspended run with the signal that it waits for.
     *
     * @param signal with the token of the run
     */
    record SignalRun(Signal signal) implements EntryEvent {
    }

    /**
     * Ends a run before its next step.
     *
     * @param token from the answer to the event that started the run
     */
    record CancelRun(String token) implements EntryEvent {
    }
}
