package dev.pocketflow.quarkus.internal.transport;

import dev.pocketflow.quarkus.HandOverFailed;

/** Makes the failure of an envelope that was not delivered, or may not have been. All transports use the same words. */
public final class DeliveryErrors {

    private DeliveryErrors() {
    }

    /** @throws HandOverFailed if the transport does not accept this many bytes */
    public static void fits(EnvelopeTransport.Message message, long bytes, int limit, String receiver) {
        if (bytes > limit) {
            throw refused(message, receiver, "its envelope has " + bytes + " bytes, and at most " + limit
                    + " are accepted. Configure a claim check: quarkus.pocketflow.claim-check.bucket or .directory", null);
        }
    }

    /** Makes the failure of an envelope that the receiver did not get. */
    public static HandOverFailed refused(EnvelopeTransport.Message message, String receiver, String why, Throwable cause) {
        return new HandOverFailed(name(message) + " was not accepted by " + receiver + ": " + why, cause);
    }

    /** Makes the failure of an envelope that the receiver may have: its answer does not tell. */
    public static HandOverFailed unknown(EnvelopeTransport.Message message, String receiver, String why, Throwable cause) {
        return new HandOverFailed("the delivery of " + name(message) + " to " + receiver + " is unknown: " + why
                + ". Check whether that hop already ran before you resume the run", cause);
    }

    private static String name(EnvelopeTransport.Message message) {
        return "run " + message.run() + ", hop " + message.hop() + ",";
    }
}
