package dev.pocketflow.quarkus.internal;

import dev.pocketflow.quarkus.HandOverFailed;

/** Where failed runs are kept, to be sent to this function again. Thread-safe. */
interface Park {

    /** {@return the most bytes of an envelope that are taken} */
    int limit();

    /** Whether what is parked stays after the process has ended, so that the event need not come again. */
    boolean isDurable();

    /**
     * Keeps a failed run.
     *
     * @throws HandOverFailed if it was not taken, or nobody knows whether it was
     */
    void park(Message parked);

    /**
     * A failed run.
     *
     * @param run the run's ULID
     * @param hop the hop that is to work on it
     * @param flow the flow that failed
     * @param node the node that failed; null where there is none
     * @param type the class of the failure
     * @param envelope sealed
     */
    record Message(String run, int hop, String flow, String node, String type, byte[] envelope) {
    }
}
