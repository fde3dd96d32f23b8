package dev.pocketflow.quarkus;

import java.util.List;

import dev.pocketflow.internal.LogText;

/**
 * An event that is not a valid input for a flow. The message names the fault, and members of the event, and quotes no value of
 * it.
 */
public final class BadEvent extends RuntimeException {

    private static final long serialVersionUID = 1;
    private final int status;
    private final transient List<Fault> faults;

    /**
     * A fault of an input.
     *
     * @param pointer to the faulty value, as {@code #/question} or {@code #/order/items/2} (RFC 6901, section 6). The first
     *        name
     *        is the key's
     * @param problem the fault, such as {@code is missing, where a text is expected}
     */
    public record Fault(String pointer, String problem) {
    }

    /**
     * Refuses an event.
     *
     * @param status the HTTP status of the refusal
     * @param message the fault and its correction
     */
    public BadEvent(int status, String message) {
        super(LogText.message(message), null, false, false);
        this.status = status;
        this.faults = List.of();
    }

    /**
     * Refuses the input of a flow with a contract.
     *
     * @param message names the flow and the faults
     * @param faults all of them
     */
    public BadEvent(String message, List<Fault> faults) {
        super(LogText.message(message), null, false, false);
        this.status = 400;
        this.faults = List.copyOf(faults);
    }

    /** {@return the faults of the input, by the flow's contract; empty if the event was refused for another reason} */
    public List<Fault> faults() {
        return faults;
    }

    /** {@return the HTTP status: 400, 406, 415 or 422} */
    public int status() {
        return status;
    }
}
