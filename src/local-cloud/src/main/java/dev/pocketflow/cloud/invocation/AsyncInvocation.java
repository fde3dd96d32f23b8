package dev.pocketflow.cloud.invocation;

import java.util.concurrent.CompletableFuture;

/**
 * An event that a {@link dev.pocketflow.cloud.lambda.LocalLambda} accepted for asynchronous invocation.
 *
 * @param requestId the same for all attempts
 * @param completion completed with the first success or the last failure, and exceptionally when the lambda is closed before
 */
public record AsyncInvocation(String requestId, CompletableFuture<InvokeResult> completion) {
}
