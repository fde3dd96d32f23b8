package dev.pocketflow.quarkus;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * Opens tokens, sends signals and cancels runs, for the application's own pages and endpoints. It is a bean. Thread-safe.
 */
public interface Suspensions {

    /**
     * Opens a token. It does not tell whether the signal was already received: {@link #signal} does.
     *
     * @param token as in {@link RunSuspended#token()}
     * @return the run as it was suspended
     * @throws EnvelopeRefused if the token is not from this function or has expired
     */
    RunSuspended open(String token);

    /**
     * Sends a signal to a run, like an event of the form {@code {"pocketflow": {"token": …, "signal": …}}}.
     *
     * @param token the run's token
     * @param signal the signal's name
     * @param action selects the edge; {@code null} for {@code default}
     * @param payload a JSON-shaped value; it is put into the store under the signal's name. {@code null} puts no value
     * @return the outcome as JSON. It fails with {@link EnvelopeRefused} if the signal is refused. It fails with
     *         {@link BadEvent} if the payload does not have the signal's type, or exceeds the limits of an envelope. The token
     *         remains valid after a {@link BadEvent}
     */
    CompletionStage<String> signal(String token, String signal, @Nullable String action, @Nullable Object payload);

    /**
     * Parks a run before its next step, like an event of the form {@code {"pocketflow": {"cancel": <token>}}}. It takes no
     * token: the caller decides who may cancel. It may block, and it requires a ledger.
     *
     * @param run the run's ULID
     * @throws BadEvent if there is no ledger
     * @throws LedgerFailed if the ledger cannot be written
     */
    void cancel(String run);
}
