package dev.pocketflow.quarkus;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.pocketflow.Flow;

/**
 * The door to durable runs, for the application's own endpoints, schedulers, consumers of messages and tests. It is a bean. A
 * run that it starts has everything that a run by HTTP or Lambda has: the check of its input, ledger, hand-over, timer, park
 * and
 * logs. {@link Flow#run} has none of them.
 * <p>
 * The methods block until the run ends or leaves this process. {@link #reactive()} has the same methods for threads that must
 * not block. Thread-safe.
 */
public interface Flows {

    /**
     * Starts a run. See {@link #start(String, Object, StartOptions)}.
     *
     * @param flow the name of a flow of this application
     * @param input the run's first store
     * @return how the run ended, or left this process
     */
    default RunResult start(String flow, Object input) {
        return start(flow, input, StartOptions.NONE);
    }

    /**
     * Starts a run.
     *
     * @param flow the name of a flow of this application
     * @param input the run's first store: a map, a {@link dev.pocketflow.Store}, or an object that Jackson writes as a JSON
     *        object. It is copied
     * @param options how to start it
     * @return how the run ended, or left this process. A failed run is a {@link RunResult.Failed}, not an exception
     * @throws IllegalArgumentException if the application has no such flow, or Jackson cannot write the input as an object
     * @throws BadEvent if the flow does not take the input
     * @throws EnvelopeRefused if an earlier start with the same idempotency key is still working
     * @throws LedgerFailed if the ledger does not answer
     * @throws IllegalStateException if the calling thread must not block
     */
    RunResult start(String flow, Object input, StartOptions options);

    /**
     * Resumes a run, like an event that holds the envelope.
     *
     * @param envelope the sealed run as JSON in UTF-8, such as {@link RunResult.HandedOver#envelope()} or a parked run
     * @return how the run ended, or left this process
     * @throws EnvelopeRefused if the run must not continue
     * @throws HandOverFailed if a claim check cannot be read
     * @throws LedgerFailed if the ledger does not answer
     * @throws IllegalStateException if the calling thread must not block
     */
    RunResult resume(byte[] envelope);

    /**
     * Sends the signal that a suspended run waits for.
     *
     * @param token as in {@link RunSuspended#token()}
     * @param action selects the edge; {@code null} for {@code default}
     * @param payload a JSON-shaped value; it is put into the store under the signal's name. {@code null} puts no value
     * @return how the run ended, or left this process
     * @throws EnvelopeRefused if the signal is refused
     * @throws HandOverFailed if a claim check cannot be read
     * @throws BadEvent if the payload does not have the signal's type, or exceeds the limits of an envelope. The token remains
     *         valid
     * @throws LedgerFailed if the ledger does not answer
     * @throws IllegalStateException if the calling thread must not block
     */
    RunResult signal(String token, @Nullable String action, @Nullable Object payload);

    /**
     * Opens a token. It does not tell whether the signal was already received: {@link #signal} does.
     *
     * @param token as in {@link RunSuspended#token()}
     * @return the run as it was suspended
     * @throws EnvelopeRefused if the token is not from this application or has expired
     * @throws HandOverFailed if a claim check cannot be read
     */
    RunSuspended open(String token);

    /**
     * Parks a run before its next step. It takes no token: the caller decides who may cancel. It requires a ledger.
     *
     * @param run the run's ULID
     * @throws BadEvent if there is no ledger
     * @throws LedgerFailed if the ledger cannot be written
     */
    void cancel(String run);

    /**
     * Tells where a run stands, also one that began elsewhere or long ago. It takes no token: the caller decides who may know.
     * It requires the ledger of the functions that the run visits. The ledger knows a run for
     * {@code quarkus.pocketflow.ledger.keep} after its last hop, and while it rests.
     *
     * @param run the run's ULID
     * @return the status; empty if the ledger knows no such run
     * @throws BadEvent if there is no ledger
     * @throws LedgerFailed if the ledger does not answer
     * @throws IllegalStateException if the calling thread must not block
     */
    Optional<RunStatus> status(String run);

    /**
     * Waits for the end of a run, here or elsewhere, without blocking. The ledger is asked for it, at first often, later each
     * {@code quarkus.pocketflow.ledger.poll}. A run that waits for a signal may keep it for days: cancel the stage to stop.
     *
     * @param run the run's ULID
     * @return completes with a {@link RunResult.Completed} or {@link RunResult.Failed}, as {@link #status} tells it. It fails
     *         with a {@link java.util.NoSuchElementException} if the ledger knows no such run, and with what {@link #status}
     *         throws
     */
    CompletableFuture<RunResult> outcome(String run);

    /** {@return the same door for threads that must not block} */
    ReactiveFlows reactive();
}
