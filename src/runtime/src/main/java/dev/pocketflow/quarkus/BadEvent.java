package dev.pocketflow.quarkus;

import dev.pocketflow.internal.LogText;

/** An event that is no input for a flow. The message says what is wrong with it and holds nothing from it. */
public final class BadEvent extends RuntimeException {

    private static final long serialVersionUID = 1;
    private final int status;

    /**
     * A refusal.
     *
     * @param status the HTTP status that says the same
     * @param message what is wrong, and what would be right
     */
    public BadEvent(int status, String message) {
        super(LogText.message(message), null, false, false);
        this.status = status;
    }

    /** {@return the HTTP status: 400, 406, 415 or 422} */
    public int status() {
        return status;
    }
}
