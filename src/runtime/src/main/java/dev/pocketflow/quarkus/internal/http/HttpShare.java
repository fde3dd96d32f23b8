package dev.pocketflow.quarkus.internal.http;

import dev.pocketflow.quarkus.internal.load.LoadLimits;

/**
 * The share of one request in the memory for requests. The request and the run that it began use it. The memory of an event is
 * estimated from its bytes alone, before they are parsed: a few bytes of JSON can become an object of a hundred.
 */
public final class HttpShare {

    /** The weight of connection, run and path. */
    private static final int BASE = 16 * 1024;
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

    private final LoadLimits load;
    private long bytes;
    private long streamed;
    private int users = 1;

    public HttpShare(LoadLimits load) {
        this.load = load;
    }

    /** {@return the memory that a request with this body needs} */
    public static long weight(byte[] body) {
        return BASE + weightOfJson(body);
    }

    /** {@return the memory that an event needs} Texts are counted as well: an event may be in the text of another one. */
    static long weightOfJson(byte[] json) {
        long structure = 0;
        for (byte each : json) {
            structure += WEIGHTS[each & 0xff];
        }
        return weightOfBytes(json.length) + structure;
    }

    /** {@return the least memory that a body of so many bytes needs} */
    static long weightOfBytes(long length) {
        return OF_BYTE * length;
    }

    /**
     * Takes the missing memory.
     *
     * @param weight the request's whole need
     * @throws Overloaded if the memory is not free
     */
    public synchronized void atLeast(long weight) {
        if (weight > load.requests().most()) {
            throw Overloaded.ever(weight, load.requests().most());
        }
        long more = weight - bytes;
        if (more > 0 && !load.requests().take(more)) {
            throw Overloaded.now("quarkus.pocketflow.in-flight.max-memory");
        }
        bytes += Math.max(0, more);
    }

    /** Takes the memory of a stream. Streams may use less than all requests together. */
    public synchronized void stream() {
        int weight = BASE + StepEventStream.ALWAYS;
        atLeast(bytes + StepEventStream.ALWAYS);
        if (!load.streams().take(weight)) {
            throw Overloaded.now("quarkus.pocketflow.in-flight.max-memory, of which streams use half");
        }
        streamed = weight;
    }

    public synchronized void retain() {
        users++;
    }

    public synchronized void release() {
        if (--users == 0) {
            load.requests().giveBack(bytes);
            load.streams().giveBack(streamed);
        }
    }
}
