package dev.pocketflow.quarkus.internal.cloudevent;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The identity of an event, which is the same at each delivery. A run is found by the identity, the flow and the digest of the
 * event's data together. So an event with other data never finds it.
 *
 * @param kind the kind of identity
 * @param parts the parts, in the order that the kind defines
 */
public record EventIdentity(Kind kind, List<String> parts) {

    /** The kinds of identities. Identities of two kinds never name the same run. */
    public enum Kind {
        /** The header {@code Idempotency-Key}, with the sender's name if the sender is authenticated. */
        IDEMPOTENCY_KEY("Idempotency-Key"),
        /** A CloudEvent's {@code source} and {@code id}, with the sender's name if the sender is authenticated. */
        CLOUD_EVENT("CloudEvent source and id"),
        /** The idempotency key of a start by the application itself. */
        APPLICATION("idempotency key"),
        /** The request id of an invocation of Lambda. */
        LAMBDA(null),
        /** The id of a message of SQS. */
        SQS(null),
        /** The id of a notification of SNS. */
        SNS(null),
        /** The id of an event of EventBridge. */
        EVENT_BRIDGE(null);

        private final String chosen;

        Kind(String chosen) {
            this.chosen = chosen;
        }

        /** {@return the name of the part that the sender chose, for messages; null if a platform chose it} */
        public String chosen() {
            return chosen;
        }
    }

    /** {@return bytes that are unique for the flow, identity and data: each part begins with its length} */
    public byte[] bytes(String flow, byte[] digest) {
        int length = Integer.BYTES + text(flow) + text(kind.name()) + Integer.BYTES + digest.length;
        for (String part : parts) {
            length += text(part);
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        put(flow, bytes);
        put(kind.name(), bytes);
        bytes.putInt(parts.size());
        parts.forEach(part -> put(part, bytes));
        return bytes.putInt(digest.length).put(digest).array();
    }

    private static int text(String text) {
        return Integer.BYTES + text.length() * Character.BYTES;
    }

    /** Writes chars instead of UTF-8, which has one form for all halves of surrogate pairs. */
    private static void put(String text, ByteBuffer bytes) {
        bytes.putInt(text.length());
        text.chars().forEach(each -> bytes.putChar((char) each));
    }
}
