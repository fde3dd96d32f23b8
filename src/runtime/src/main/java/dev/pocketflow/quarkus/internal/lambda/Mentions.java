package dev.pocketflow.quarkus.internal.lambda;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

/** Finds texts in an event without parsing it: most events have none of them, and are parsed only once. */
final class Mentions {

    private final byte[][] texts;

    /** @param texts whole texts of JSON, without their quotation marks */
    Mentions(String... texts) {
        this.texts = Stream.of(texts).map(text -> ("\"" + text + "\"").getBytes(StandardCharsets.US_ASCII))
                .toArray(byte[][]::new);
    }

    /** {@return whether the event has one of the texts, anywhere} */
    boolean in(byte[] event) {
        for (int i = 0; i < event.length; i++) {
            if (event[i] == '"' && startsAt(event, i)) {
                return true;
            }
        }
        return false;
    }

    private boolean startsAt(byte[] event, int at) {
        for (byte[] text : texts) {
            int end = at + text.length;
            if (end <= event.length && Arrays.equals(event, at, end, text, 0, text.length)) {
                return true;
            }
        }
        return false;
    }
}
