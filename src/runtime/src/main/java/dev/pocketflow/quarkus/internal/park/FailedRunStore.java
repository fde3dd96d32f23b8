package dev.pocketflow.quarkus.internal.park;

import dev.pocketflow.quarkus.HandOverFailed;

/** Where failed runs are kept, to be sent to this function again. Thread-safe. */
public interface FailedRunStore {

    /** Stands in for a store that is not configured. */
    FailedRunStore NONE = new NoFailedRunStore();

    /** {@return whether no store is configured} */
    default boolean isNone() {
        return this == NONE;
    }

    /** {@return the most bytes of an envelope that are taken} */
    int limit();

    /** Whether what is parked stays after the process has ended, so that the event need not come again. */
    boolean isDurable();

    /**
     * Keeps a failed run. An envelope of the same hop that is further on, or that failed where this one was only refused,
     * stays.
     *
     * @return where the run is kept, for the log
     * @throws HandOverFailed if it was not taken, or nobody knows whether it was
     */
    String park(Message parked);

    /**
     * A failed run.
     *
     * @param run the run's ULID
     * @param hop the hop that is to work on it
     * @param flow the flow that failed
     * @param node the node that failed; null where there is none
     * @param type the class of the failure
     * @param envelope sealed
     * @param refused whether the envelope is kept as it came, since it was refused
     */
    record Message(String run, int hop, String flow, String node, String type, byte[] envelope, boolean refused) {

        public Message(String run, int hop, String flow, String node, String type, byte[] envelope) {
            this(run, hop, flow, node, type, envelope, false);
        }
    }
}
