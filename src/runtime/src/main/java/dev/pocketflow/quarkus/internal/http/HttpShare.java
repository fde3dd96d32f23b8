package dev.pocketflow.quarkus.internal.http;

import dev.pocketflow.quarkus.internal.load.LoadLimits;

/** The share of one request in the memory for requests. The request and the run that it began hold it. */
public final class HttpShare {

    /** The weight of connection, run and path. */
    public static final int BASE = 16 * 1024;

    private final LoadLimits load;
    private long bytes;
    private long streamed;
    private int users = 1;

    HttpShare(LoadLimits load) {
        this.load = load;
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
