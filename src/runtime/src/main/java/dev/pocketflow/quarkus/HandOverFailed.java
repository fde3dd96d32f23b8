package dev.pocketflow.quarkus;

import org.jspecify.annotations.Nullable;

import dev.pocketflow.FlowException;

/** An envelope or a claim check that could not be written, sent or read. The message names the transport and the correction. */
public final class HandOverFailed extends FlowException {

    private static final long serialVersionUID = 1;

    /**
     * Reports a failure with a message that is safe to show.
     *
     * @param message holds no store content, prompt or secret
     * @param cause the underlying failure; may be {@code null}
     */
    public HandOverFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
