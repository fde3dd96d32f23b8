package dev.pocketflow.quarkus;

import java.util.concurrent.CompletionStage;

/** The runs of this function that are under way, for pages and endpoints of its own; a bean. Thread-safe. */
public interface Suspensions {

    /**
     * What a token stands for; whether its signal came before is told when it is sent.
     *
     * @param token as {@link RunSuspended#token()} has it
     * @return the run as it was suspended
     * @throws EnvelopeRefused if the token is none of this function's, or has expired
     */
    RunSuspended open(String token);

    /**
     * Brings a signal, as an event of the form {@code {"pocketflow": {"token": …, "signal": …}}} does.
     *
     * @param token of the run
     * @param signal the signal's name
     * @param action picks the edge; {@code null} for {@code default}
     * @param payload JSON-shaped, is put into the store under the signal's name; {@code null} leaves no value there
     * @return the outcome, as JSON; fails with an {@link EnvelopeRefused} if the signal is refused, and with a {@link BadEvent}
     *         if the payload is not of the signal's type, or larger or deeper than an envelope. The token can then be used
     *         again
     */
    CompletionStage<String> signal(String token, String signal, String action, Object payload);

    /**
     * Ends a run before its next step, parked. It does what an event of the form {@code {"pocketflow": {"cancel": <token>}}}
     * does,
     * and asks for no token: whoever calls it decides who may cancel. It may block, and needs a ledger.
     *
     * @param run the run's ULID
     * @throws BadEvent if there is no ledger
     * @throws LedgerFailed if the ledger cannot be written
     */
    void cancel(String run);
}
