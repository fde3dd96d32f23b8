package dev.pocketflow.quarkus;

import dev.pocketflow.FlowException;

/** An envelope, or a claim check, that could not be written, sent or read. The message names the way and the way out. */
public final class HandOverFailed extends FlowException {

    private static final long serialVersionUID = 1;

    /**
     * A failure with a message that is safe to show.
     *
     * @param message without store contents, prompts or secrets
     * @param cause what went wrong below; may be {@code null}
     */
    public HandOverFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
