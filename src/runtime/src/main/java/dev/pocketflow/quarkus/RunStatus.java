package dev.pocketflow.quarkus;

import java.time.Instant;

/**
 * The place of a run, as the ledger knows it: the run works at the moment, or it is as its last hop left it.
 * A {@link RunResult} in this place has no token and no envelope: whoever may read a status may not continue or cancel the run
 * by it.
 */
public sealed interface RunStatus permits RunResult, RunStatus.Running, RunStatus.Interrupted, RunStatus.Cancelling {

    /** {@return the run's ULID} */
    String run();

    /**
     * An invocation works on the run.
     *
     * @param run the run's ULID
     * @param hop the number of the hop, from 0
     * @param until the end of the invocation's claim. If the invocation dies, the run can continue from then on
     */
    record Running(String run, int hop, Instant until) implements RunStatus {
    }

    /**
     * The last invocation left the run without a result, and nobody works on it. The next delivery of its event repeats the
     * hop.
     *
     * @param run the run's ULID
     * @param hop the number of the hop, from 0
     */
    record Interrupted(String run, int hop) implements RunStatus {
    }

    /**
     * The run was cancelled, and is to be parked before its next step.
     *
     * @param run the run's ULID
     * @param hop the number of the hop, from 0
     */
    record Cancelling(String run, int hop) implements RunStatus {
    }
}
