package dev.pocketflow.quarkus;

import dev.pocketflow.internal.LogText;

/**
 * An envelope that no step may be run for. The message says what is wrong with it and what to do, and holds nothing of what is
 * in
 * the envelope.
 */
public final class EnvelopeRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Why an envelope is refused. */
    public enum Reason {
        /** It has no seal, and needs one. */
        UNSEALED(403),
        /** It is not what was sealed, or the seal is none of ours. */
        BAD_SEAL(403),
        /** It is sealed with a key that is not configured here. */
        UNKNOWN_KEY(403),
        /** It is older than an envelope may become. */
        EXPIRED(410),
        /** The run has made more hops than it may. */
        TOO_MANY_HOPS(409),
        /** Its objects and arrays are nested too deeply. */
        TOO_DEEP(400),
        /** It has too many bytes, or what is compressed in it has, or one number or name is too long. */
        TOO_LARGE(413),
        /** It belongs to a flow that is not the one here. */
        UNKNOWN_FLOW(404),
        /** Another invocation works on the same hop, and may end it yet. */
        BUSY(409),
        /** It is the token of a signal that came before. */
        USED(409),
        /** It comes with a signal that the run does not wait for. */
        UNEXPECTED_SIGNAL(409),
        /** The graph has changed in a way that is not accepted. */
        DRIFTED(409),
        /** The run began with a real service, and here a stand-in would answer in its place. */
        STAND_IN(409),
        /** It is what could be kept of a failed run whose store could not be written as a whole. */
        INCOMPLETE(409),
        /** It is no envelope: no JSON, or not of its form. */
        MALFORMED(400);

        private final int status;

        Reason(int status) {
            this.status = status;
        }

        /** {@return the HTTP status that says the same; the function itself answers it over HTTP} */
        public int status() {
            return status;
        }
    }

    private final Reason reason;

    /**
     * A refusal.
     *
     * @param reason why
     * @param message what is wrong, and the way out
     */
    public EnvelopeRefused(Reason reason, String message) {
        super(LogText.message(message), null, false, false);
        this.reason = reason;
    }

    /** {@return why; never null} */
    public Reason reason() {
        return reason;
    }
}
