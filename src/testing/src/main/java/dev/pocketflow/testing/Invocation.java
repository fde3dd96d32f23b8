package dev.pocketflow.testing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * One event on its way through a function.
 *
 * @param clientContext what the caller sent along, null for nothing
 * @param attempt which try of the same event this is, from 1
 * @param notAfter when the event is too old to be worked on; null for never
 * @param answer completed with the runtime's answer
 */
record Invocation(String requestId, byte[] payload, Trace trace, String clientContext, int attempt, Instant notAfter,
        CompletableFuture<RuntimeAnswer> answer) {

    /** A new event. Nothing sent is the empty object to the function; without a trace header a new chain begins. */
    static Invocation of(byte[] payload, String traceHeader, String clientContext) {
        return new Invocation(UUID.randomUUID().toString(),
                payload.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : payload,
                Trace.of(traceHeader), clientContext, 1, null, new CompletableFuture<>());
    }

    /** The event as it enters a function. */
    Invocation into(String functionId) {
        return new Invocation(requestId, payload, trace.into(functionId), clientContext, attempt, notAfter, answer);
    }

    /** For another delivery of the same event. */
    Invocation attempt(int number, Instant lastMoment) {
        return new Invocation(requestId, payload, trace, clientContext, number, lastMoment, new CompletableFuture<>());
    }

    /**
     * What came of an event.
     *
     * @param error whether the payload describes an error
     */
    record RuntimeAnswer(byte[] payload, boolean error) {
    }
}
