package dev.pocketflow.quarkus;

import dev.pocketflow.internal.LogText;

/**
 * An envelope that this function does not run. The message names the fault and its correction. It quotes nothing from the
 * envelope.
 */
public final class EnvelopeRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** The reason why an envelope is refused. */
    public enum Reason {
        /** The envelope has no seal, and the function requires one. */
        UNSEALED(403),
        /** The envelope does not match its seal, or the seal was not made by PocketFlow. */
        BAD_SEAL(403),
        /** The envelope is sealed with a key that is not configured in this function. */
        UNKNOWN_KEY(403),
        /** The envelope is older than its time limit. */
        EXPIRED(410),
        /** The run made more hops than {@code quarkus.pocketflow.budget.hops} allows. */
        TOO_MANY_HOPS(409),
        /** The envelope nests objects and arrays too deeply. */
        TOO_DEEP(400),
        /** The envelope, its compressed part, or one number or name in it is too large. */
        TOO_LARGE(413),
        /** The envelope belongs to a flow that this function does not have. */
        UNKNOWN_FLOW(404),
        /** Another invocation works on the same hop and may still complete it. */
        BUSY(409),
        /** The token belongs to a signal that was already received. */
        USED(409),
        /** The run does not wait for the signal. */
        UNEXPECTED_SIGNAL(409),
        /** The graph changed in a way that is not accepted. */
        DRIFTED(409),
        /** The run began with a real service, and a stand-in would answer here. */
        STAND_IN(409),
        /** The envelope is a partial record of a failed run whose whole store could not be written. */
        INCOMPLETE(409),
        /** The data is not an envelope: it is not JSON or has the wrong form. */
        MALFORMED(400);

        private final int status;

        Reason(int status) {
            this.status = status;
        }

        /** {@return the HTTP status of the refusal; the function answers it over HTTP} */
        public int status() {
            return status;
        }
    }

    private final Reason reason;

    /**
     * Refuses an envelope.
     *
     * @param reason the reason
     * @param message the fault and its correction
     */
    public EnvelopeRefused(Reason reason, String message) {
        super(LogText.message(message), null, false, false);
        this.reason = reason;
    }

    /** {@return the reason; never null} */
    public Reason reason() {
        return reason;
    }
}
