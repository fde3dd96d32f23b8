package dev.pocketflow.cloud.invocation;

import java.time.Duration;
import java.time.Instant;

/**
 * An attempt of a {@link dev.pocketflow.cloud.lambda.LocalLambda} to invoke a function with an event.
 * {@link dev.pocketflow.cloud.lambda.LocalLambda.Builder#onAttempt} receives it when the attempt is over.
 *
 * @param at when it was over, by the lambda's clock
 * @param chain the number of invocations in the chain so far, this one included
 * @param attempt the number of the attempt of the same event, from 1
 * @param init as in {@link InvokeResult}; zero for a warm environment
 * @param duration as in {@link InvokeResult}; zero when the function was not asked
 * @param outcome {@code ok}, the error's type such as {@code Sandbox.Timedout}, or the reason why the function was not asked:
 *        {@link DeadLetter#EVENT_AGE_EXCEEDED} or {@link DeadLetter#RECURSIVE_INVOCATION}
 * @param payload as in {@link InvokeResult}: the function's answer, even if nobody waited for it
 */
public record InvocationAttempt(Instant at, String function, String requestId, int chain, int attempt, Duration init,
        Duration duration,
        String outcome, String payload) {

    /** The outcome of a function that answered. */
    public static final String OK = "ok";

    public static InvocationAttempt of(Instant at, String function, LambdaInvocation invocation, InvokeResult result) {
        return new InvocationAttempt(at, function, invocation.requestId(), invocation.trace().length(), invocation.attempt(),
                result.init(),
                result.duration(), result.failed() ? LambdaError.type(result) : OK, result.payload());
    }
}
