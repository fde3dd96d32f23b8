package dev.pocketflow.quarkus.internal.transport;

import dev.pocketflow.quarkus.HandOverFailed;

/** What is said of an envelope that was not delivered, or may not have been: the same for every way out. */
public final class DeliveryErrors {

    private DeliveryErrors() {
    }

    /** @throws HandOverFailed if the way out would not take so many bytes */
    public static void fits(EnvelopeTransport.Message message, long bytes, int limit, String receiver) {
        if (bytes > limit) {
            throw refused(message, receiver, "its envelope has " + bytes + " bytes, and at most " + limit
                    + " are taken. Configure a claim check: quarkus.pocketflow.claim-check.bucket or .directory", null);
        }
    }

    /** The receiver has nothing of it. */
    public static HandOverFailed refused(EnvelopeTransport.Message message, String receiver, String why, Throwable cause) {
        return new HandOverFailed(name(message) + " was not taken by " + receiver + ": " + why, cause);
    }

    /** The receiver may have it, and answered nothing that tells. */
    public static HandOverFailed unknown(EnvelopeTransport.Message message, String receiver, String why, Throwable cause) {
        return new HandOverFailed("nobody knows whether " + name(message) + " was taken by " + receiver + ": " + why
                + ". See whether that hop ran before the run is resumed", cause);
    }

    private static String name(EnvelopeTransport.Message message) {
        return "run " + message.run() + ", hop " + message.hop() + ",";
    }
}
