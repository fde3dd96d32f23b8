package dev.pocketflow.quarkus.internal.park;

import dev.pocketflow.quarkus.HandOverFailed;

/** Storage for failed runs, which somebody sends to this function again. Thread-safe. */
public interface FailedRunStore {

    /** Stands in for a store that is not configured. */
    FailedRunStore NONE = new NoFailedRunStore();

    /** {@return whether no store is configured} */
    default boolean isNone() {
        return this == NONE;
    }

    /** {@return the most bytes of an envelope that the store accepts} */
    int limit();

    /** {@return whether a parked run outlives the process, so that the event need not be delivered again} */
    boolean isDurable();

    /**
     * Stores a failed run. A stored envelope of the same hop is not replaced if it has more progress. It is not replaced either
     * if it failed and the new one was only refused.
     *
     * @return the place of the run, for the log
     * @throws HandOverFailed if the run was not stored, or if that is unknown
     */
    String park(Message parked);

    /**
     * A failed run.
     *
     * @param run the run's ULID
     * @param hop the hop that must work on it
     * @param flow the flow that failed
     * @param node the node that failed; null without one
     * @param type the class of the failure
     * @param envelope the sealed envelope
     * @param refused whether the envelope is stored as it arrived, because it was refused
     */
    record Message(String run, int hop, String flow, String node, String type, byte[] envelope, boolean refused) {

        public Message(String run, int hop, String flow, String node, String type, byte[] envelope) {
            this(run, hop, flow, node, type, envelope, false);
        }
    }
}
