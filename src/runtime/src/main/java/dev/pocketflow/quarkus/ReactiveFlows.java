package dev.pocketflow.quarkus;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.smallrye.mutiny.Uni;

/**
 * {@link Flows} for threads that must not block. It is a bean. A {@link Uni} does its work once for each subscription, on the
 * threads of runs, and fails with the exceptions that the methods of {@link Flows} throw. Thread-safe.
 */
public interface ReactiveFlows {

    /**
     * Starts a run: see {@link Flows#start(String, Object)}.
     *
     * @param flow the name of a flow of this application
     * @param input the run's first store
     * @return how the run ended, or left this process
     */
    default Uni<RunResult> start(String flow, Object input) {
        return start(flow, input, StartOptions.NONE);
    }

    /**
     * Starts a run: see {@link Flows#start(String, Object, StartOptions)}.
     *
     * @param flow the name of a flow of this application
     * @param input the run's first store. It is copied at the subscription
     * @param options how to start it
     * @return how the run ended, or left this process
     */
    Uni<RunResult> start(String flow, Object input, StartOptions options);

    /**
     * Resumes a run: see {@link Flows#resume}.
     *
     * @param envelope the sealed run as JSON in UTF-8
     * @return how the run ended, or left this process
     */
    Uni<RunResult> resume(byte[] envelope);

    /**
     * Sends the signal that a suspended run waits for: see {@link Flows#signal}.
     *
     * @param token as in {@link RunSuspended#token()}
     * @param action selects the edge; {@code null} for {@code default}
     * @param payload a JSON-shaped value; {@code null} puts no value
     * @return how the run ended, or left this process
     */
    Uni<RunResult> signal(String token, @Nullable String action, @Nullable Object payload);

    /**
     * Opens a token: see {@link Flows#open}.
     *
     * @param token as in {@link RunSuspended#token()}
     * @return the run as it was suspended
     */
    Uni<RunSuspended> open(String token);

    /**
     * Parks a run before its next step: see {@link Flows#cancel}.
     *
     * @param run the run's ULID
     * @return completes when every function knows it
     */
    Uni<Void> cancel(String run);

    /**
     * Tells where a run stands: see {@link Flows#status}.
     *
     * @param run the run's ULID
     * @return the status; empty if the ledger knows no such run
     */
    Uni<Optional<RunStatus>> status(String run);

    /**
     * Waits for the end of a run: see {@link Flows#outcome}.
     *
     * @param run the run's ULID
     * @return how the run ended. A subscription that is cancelled asks no more
     */
    Uni<RunResult> outcome(String run);
}
