package dev.pocketflow.quarkus;

import org.jspecify.annotations.Nullable;

import dev.pocketflow.FlowException;

/** A ledger operation on a hop that failed. The message names the ledger, the operation and the correction. */
public final class LedgerFailed extends FlowException {

    private static final long serialVersionUID = 1;

    /**
     * Reports a failure with a message that is safe to show.
     *
     * @param message holds no store content, prompt or secret
     * @param cause the underlying failure; may be {@code null}
     */
    public LedgerFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
