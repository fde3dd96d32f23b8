package dev.pocketflow.quarkus;

import dev.pocketflow.internal.LogText;

/** An event that is not a valid input for a flow. The message names the fault and quotes nothing from the event. */
public final class BadEvent extends RuntimeException {

    private static final long serialVersionUID = 1;
    private final int status;

    /**
     * Refuses an event.
     *
     * @param status the HTTP status of the refusal
     * @param message the fault and its correction
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
