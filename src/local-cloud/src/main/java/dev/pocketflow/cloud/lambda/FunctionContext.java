package dev.pocketflow.cloud.lambda;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

import dev.pocketflow.cloud.invocation.AsyncInvocation;
import dev.pocketflow.cloud.invocation.InvokeResult;
import dev.pocketflow.cloud.invocation.LambdaInvocation;

/** What a {@link FunctionHandler} is told along with its event, and the way from it to other functions. Thread-safe. */
public final class FunctionContext {

    private final LocalLambda lambda;
    private final FunctionSpec spec;
    private final LambdaInvocation invocation;
    private final Instant deadline;

    FunctionContext(LocalLambda lambda, FunctionSpec spec, LambdaInvocation invocation, Instant deadline) {
        this.lambda = lambda;
        this.spec = spec;
        this.invocation = invocation;
        this.deadline = deadline;
    }

    /** The name of the function. */
    public String functionName() {
        return spec.name;
    }

    /** The ARN of the function. */
    public String functionArn() {
        return spec.arn();
    }

    /** The id of the invocation; an asynchronous one has the same in all its attempts. */
    public String requestId() {
        return invocation.requestId();
    }

    /** The {@code X-Amzn-Trace-Id} to send along with all that comes of this event; in a process the runtime gets it. */
    public String traceHeader() {
        return invocation.trace().header();
    }

    /** What the caller sent along, in Base64; null for nothing. */
    public String clientContext() {
        return invocation.clientContext();
    }

    /** When the function's time is over, by the system's clock. */
    public Instant deadline() {
        return deadline;
    }

    /** How much of the function's time is left; zero when it is over. */
    public Duration remaining() {
        Duration left = Duration.between(Instant.now(), deadline);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** As {@link LocalLambda#invoke(String, String)}, in the chain of this event. */
    public InvokeResult invoke(String function, String json) {
        return lambda.invoke(function, following(json));
    }

    /** As {@link LocalLambda#invokeAsync(String, String)}, in the chain of this event, as a function does that uses an SDK. */
    public AsyncInvocation invokeAsync(String function, String json) {
        return lambda.async(function, following(json));
    }

    private LambdaInvocation following(String json) {
        return LambdaInvocation.of(json.getBytes(StandardCharsets.UTF_8), traceHeader(), null);
    }
}
