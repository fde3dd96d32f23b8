package dev.pocketflow.quarkus.internal.http;

/**
 * An estimate of the memory that an event needs while it is processed. It reads the bytes only and parses nothing: a few bytes
 * of JSON can become an object of a hundred.
 */
public final class EventWeight {

    /** The body, its chunks, its texts, and the same amount again for prompts, envelopes and the answer. */
    private static final int OF_BYTE = 16;
    /** A map or list with its table, or an entry with its name. */
    private static final int OF_STRUCTURE = 96;
    /** A place in a list, with a number. */
    private static final int OF_VALUE = 40;
    private static final byte[] WEIGHTS = new byte[256];
    static {
        WEIGHTS['{'] = OF_STRUCTURE;
        WEIGHTS['['] = OF_STRUCTURE;
        WEIGHTS[':'] = OF_STRUCTURE;
        WEIGHTS[','] = OF_VALUE;
    }

    private EventWeight() {
    }

    /** {@return the least weight of a body with this many bytes} */
    static long ofBytes(long length) {
        return OF_BYTE * length;
    }

    /** Estimates the weight of a body. Texts count as structure too: one event may be in the text of another. */
    public static long of(byte[] json) {
        long structure = 0;
        for (byte each : json) {
            structure += WEIGHTS[each & 0xff];
        }
        return ofBytes(json.length) + structure;
    }
}
