package dev.pocketflow.quarkus.internal.cloudevent;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * An event's name, which is the same whenever the event is delivered. A run is found by the name, the flow and the digest of
 * the
 * event's data together, so that an event with other data never finds it.
 *
 * @param kind of the name
 * @param parts of the name, in the order that the kind gives them
 */
public record EventIdentity(Kind kind, List<String> parts) {

    /** The kinds of names. Names of two kinds never stand for the same run. */
    public enum Kind {
        /** The header {@code Idempotency-Key}, with the sender's name where the sender is authenticated. */
        IDEMPOTENCY_KEY("Idempotency-Key"),
        /** A CloudEvent's {@code source} and {@code id}, with the sender's name where the sender is authenticated. */
        CLOUD_EVENT("CloudEvent source and id"),
        /** The request id of an invocation of Lambda. */
        LAMBDA(null),
        /** The id of a message of SQS. */
        SQS(null),
        /** The id of a notification of SNS. */
        SNS(null);

        private final String chosen;

        Kind(String chosen) {
            this.chosen = chosen;
        }

        /** {@return the name of what the sender chose, for messages; null if a platform chose it} */
        public String chosen() {
            return chosen;
        }
    }

    /** {@return bytes that no other flow, name and data have: each part begins with its length} */
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

    /** Writes chars and no UTF-8, which has one form for all halves of surrogate pairs. */
    private static void put(String text, ByteBuffer bytes) {
        bytes.putInt(text.length());
        text.chars().forEach(each -> bytes.putChar((char) each));
    }
}
