package dev.pocketflow.quarkus;

import dev.pocketflow.FlowException;

/** A hop that could not be claimed, kept or marked as done. The message names the ledger, what was tried, and the way out. */
public final class LedgerFailed extends FlowException {

    private static final long serialVersionUID = 1;

    /**
     * A failure with a message that is safe to show.
     *
     * @param message without store contents, prompts or secrets
     * @param cause what went wrong below; may be {@code null}
     */
    public LedgerFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
