package dev.pocketflow.quarkus;

import dev.pocketflow.internal.LogText;

/**
 * How a failed run looks to AWS Lambda: its class name is the {@code errorType}, its message the {@code errorMessage}. It has
 * no
 * cause and no stack trace, which the platform would log: what nodes throw may hold what users or models said.
 */
public final class RunFailed extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * A failure to report.
     *
     * @param message names the run, the flow and the node; safe to show
     */
    public RunFailed(String message) {
        super(LogText.message(message), null, false, false);
    }
}
