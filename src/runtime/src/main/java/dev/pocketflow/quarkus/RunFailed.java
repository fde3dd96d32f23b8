package dev.pocketflow.quarkus;

import dev.pocketflow.internal.LogText;

/**
 * A failed run as AWS Lambda sees it: the class name is the {@code errorType}, the message is the {@code errorMessage}. It has
 * no cause and no stack trace, because Lambda would log them. The exceptions of nodes may hold texts of users or models.
 */
public final class RunFailed extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * Reports a failed run.
     *
     * @param message names the run, the flow and the node; safe to show
     */
    public RunFailed(String message) {
        super(LogText.message(message), null, false, false);
    }
}
