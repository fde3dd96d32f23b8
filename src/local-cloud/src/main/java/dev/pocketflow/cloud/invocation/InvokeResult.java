package dev.pocketflow.cloud.invocation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.pocketflow.cloud.invocation.LambdaInvocation.RuntimeAnswer;

/**
 * The result of an invocation of a {@link dev.pocketflow.cloud.lambda.LocalLambda} function.
 *
 * @param payload the response, or the description of the error; JSON as the function wrote it
 * @param functionError {@code Unhandled} when the function failed, else null
 * @param logTail the last 4 KiB the function's process wrote to its output meanwhile; empty for an external one and for a
 *        handler
 * @param init the time from the start of the process to its first call of the Runtime API; zero when it was warm
 * @param duration the time from the hand-over of the event to the answer, or to the end of the process
 */
public record InvokeResult(String requestId, String payload, String functionError, String logTail, Duration init,
        Duration duration) {

    public static InvokeResult of(LambdaInvocation invocation, RuntimeAnswer answer, String logTail, Duration init,
            Duration duration) {
        return new InvokeResult(invocation.requestId(), new String(answer.payload(), StandardCharsets.UTF_8),
                answer.error() ? "Unhandled" : null, logTail, init, duration);
    }

    /** Returns true if the function failed, timed out, or died. */
    public boolean failed() {
        return functionError != null;
    }
}
