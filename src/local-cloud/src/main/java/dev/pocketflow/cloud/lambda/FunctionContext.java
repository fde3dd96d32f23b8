package dev.pocketflow.cloud.lambda;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

import dev.pocketflow.cloud.invocation.AsyncInvocation;
import dev.pocketflow.cloud.invocation.InvokeResult;
import dev.pocketflow.cloud.invocation.LambdaInvocation;

/** The context of an invocation for a {@link FunctionHandler}. It can also invoke other functions. Thread-safe. */
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

    /** The {@code X-Amzn-Trace-Id} that the function passes on to what it invokes. */
    public String traceHeader() {
        return invocation.trace().header();
    }

    /** The client context that the caller sent, in Base64; null for none. */
    public String clientContext() {
        return invocation.clientContext();
    }

    /** The end of the function's time, by the system's clock. */
    public Instant deadline() {
        return deadline;
    }

    /** The rest of the function's time; zero when it is over. */
    public Duration remaining() {
        Duration left = Duration.between(Instant.now(), deadline);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Invokes another function as {@link LocalLambda#invoke(String, String)} does, in the chain of this event. */
    public InvokeResult invoke(String function, String json) {
        return lambda.invoke(function, following(json));
    }

    /** Invokes another function as {@link LocalLambda#invokeAsync(String, String)} does, in the chain of this event. */
    public AsyncInvocation invokeAsync(String function, String json) {
        return lambda.async(function, following(json));
    }

    private LambdaInvocation following(String json) {
        return LambdaInvocation.of(json.getBytes(StandardCharsets.UTF_8), traceHeader(), null);
    }
}
