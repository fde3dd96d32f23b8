package dev.pocketflow.testing;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One event on its way through a function.
 *
 * @param clientContext what the caller sent along, null for nothing
 * @param answer completed with the runtime's answer
 */
record Invocation(String requestId, byte[] payload, String traceId, String clientContext,
        CompletableFuture<RuntimeAnswer> answer) {

    /** A new event. Nothing sent is the empty object to the function; a trace id that is null is made up. */
    static Invocation of(byte[] payload, String traceId, String clientContext) {
        return new Invocation(UUID.randomUUID().toString(),
                payload.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : payload,
                traceId == null ? newTraceId() : traceId, clientContext, new CompletableFuture<>());
    }

    /** For another delivery of the same event. */
    Invocation again() {
        return new Invocation(requestId, payload, traceId, clientContext, new CompletableFuture<>());
    }

    private static String newTraceId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return String.format("Root=1-%08x-%08x%016x;Parent=%016x;Sampled=0", System.currentTimeMillis() / 1000,
                random.nextInt(),
                random.nextLong(), random.nextLong());
    }

    /**
     * What came of an event.
     *
     * @param error whether the payload describes an error
     */
    record RuntimeAnswer(byte[] payload, boolean error) {
    }
}
