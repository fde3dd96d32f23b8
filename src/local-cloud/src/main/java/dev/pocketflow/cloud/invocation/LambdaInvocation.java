package dev.pocketflow.cloud.invocation;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * An event in a function.
 *
 * @param clientContext the context that the caller sent; null without one
 * @param attempt the number of the attempt of the same event, from 1
 * @param notAfter when the event is too old; null for never
 * @param answer completed with the runtime's answer
 */
public record LambdaInvocation(String requestId, byte[] payload, TraceHeader trace, String clientContext, int attempt,
        Instant notAfter,
        CompletableFuture<RuntimeAnswer> answer) {

    /** Makes a new event. An empty payload becomes the empty object. Without a trace header a new chain begins. */
    public static LambdaInvocation of(byte[] payload, String traceHeader, String clientContext) {
        return new LambdaInvocation(UUID.randomUUID().toString(),
                payload.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : payload,
                TraceHeader.of(traceHeader), clientContext, 1, null, new CompletableFuture<>());
    }

    /** Returns the event with one more invocation of this function in its chain. */
    public LambdaInvocation into(String functionId) {
        return new LambdaInvocation(requestId, payload, trace.into(functionId), clientContext, attempt, notAfter, answer);
    }

    /** Returns the event for another attempt. */
    public LambdaInvocation attempt(int number, Instant lastMoment) {
        return new LambdaInvocation(requestId, payload, trace, clientContext, number, lastMoment, new CompletableFuture<>());
    }

    /**
     * The runtime's answer to an event.
     *
     * @param error whether the payload describes an error
     */
    public record RuntimeAnswer(byte[] payload, boolean error) {
    }
}
