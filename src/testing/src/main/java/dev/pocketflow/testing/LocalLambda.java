package dev.pocketflow.testing;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * AWS Lambda on 127.0.0.1: runs functions (custom runtimes, such as native binaries) as processes, gives them their events
 * through the Lambda Runtime API, and can be called from Java or, by an AWS SDK, through the Invoke API at {@link #endpoint()}.
 * Thread-safe; who starts it closes it, which kills the processes.
 *
 * <pre>{@code
 * try (LocalLambda lambda = LocalLambda.builder()
 *         .function("agent", spec -> spec.command(Path.of("target/agent-runner")).timeout(Duration.ofSeconds(30)))
 *         .start()) {
 *     InvokeResult result = lambda.invoke("agent", "{\"question\": \"Who was Ada?\"}");
 * }
 * }</pre>
 *
 * A {@code @QuarkusTest} or {@code @QuarkusIntegrationTest} starts the function itself. A test resource has it use this
 * instead of Quarkus's mock event server: it makes the function {@link FunctionSpec#external()} and returns from its
 * {@code start()}
 *
 * <pre>{@code
 * return Map.of("quarkus-internal.aws-lambda.test-api", lambda.runtimeApi("agent"));
 * }</pre>
 *
 * With {@code quarkus.lambda.mock-event-server.enabled=false} there is no mock server, on port 8081, beside it.
 * <p>
 * It behaves as Lambda in: cold and warm starts, deadlines and the kill at a timeout, the errors of functions that report one,
 * crash or cannot start, payload limits, asynchronous invocation with its retries. It differs in: each function has one process
 * and takes one event at a time, others wait; memory and CPU are not limited; there is no freezing between events.
 */
public final class LocalLambda implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Map<String, FunctionHost> functions = new ConcurrentSkipListMap<>();
    private final AsyncInvoker asyncInvoker;
    private final InvokeApi api;

    private LocalLambda(Builder builder) {
        asyncInvoker = new AsyncInvoker(builder.retryDelays, builder.retryTimer);
        api = new InvokeApi(builder.port, this);
        try {
            builder.specs.forEach((name, spec) -> functions.put(name, new FunctionHost(spec, api.endpoint())));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** A lambda without functions yet. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Invokes a function and waits for what comes of it.
     *
     * @param function its name or ARN
     * @param json the event, at most 6 MiB
     * @throws LambdaException when there is no such function, or the event is too large or no JSON
     * @throws IllegalStateException when this is closed, or the thread interrupted, meanwhile
     */
    public InvokeResult invoke(String function, String json) {
        try {
            return sync(function, Invocation.of(json.getBytes(StandardCharsets.UTF_8), null, null)).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + function, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        }
    }

    /**
     * Has a function invoked without waiting for it. When it fails it is tried again, at most as often as there are retry
     * delays,
     * and then becomes a dead letter.
     *
     * @param function its name or ARN
     * @param json the event, at most 1 MiB
     * @throws LambdaException when there is no such function, or the event is too large or no JSON
     */
    public AsyncInvocation invokeAsync(String function, String json) {
        return async(function, Invocation.of(json.getBytes(StandardCharsets.UTF_8), null, null));
    }

    /** The asynchronous events given up on so far, oldest first. */
    public List<DeadLetter> deadLetters() {
        return asyncInvoker.deadLetters();
    }

    /** The address of the Invoke API, for an AWS SDK's {@code endpointOverride}; the functions find it in their environment. */
    public URI endpoint() {
        return URI.create(api.endpoint());
    }

    /**
     * The {@code AWS_LAMBDA_RUNTIME_API} of an external function, as in {@code 127.0.0.1:8090}.
     *
     * @throws LambdaException when there is no such function
     * @throws IllegalStateException when it is not external
     */
    public String runtimeApi(String function) {
        return host(function).runtimeApi();
    }

    /** Kills the processes and ends what is under way. */
    @Override
    public void close() {
        api.close();
        functions.values().forEach(FunctionHost::close);
        asyncInvoker.close();
    }

    CompletableFuture<InvokeResult> sync(String function, Invocation invocation) {
        return check(function, invocation, LambdaError.SYNC_BYTES).submit(invocation);
    }

    AsyncInvocation async(String function, Invocation invocation) {
        return asyncInvoker.submit(name(function), check(function, invocation, LambdaError.ASYNC_BYTES), invocation);
    }

    FunctionHost check(String function, Invocation invocation, int limitBytes) {
        FunctionHost host = host(function);
        if (invocation.payload().length > limitBytes) {
            throw new LambdaException(413, "RequestTooLargeException",
                    "Request must be smaller than " + limitBytes + " bytes for the InvokeFunction operation");
        }
        try {
            JSON.readTree(invocation.payload());
        } catch (JsonProcessingException e) {
            throw new LambdaException(400, "InvalidRequestContentException",
                    "Could not parse request body into json: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return host;
    }

    private FunctionHost host(String function) {
        FunctionHost host = functions.get(name(function));
        if (host == null) {
            throw new LambdaException(404, "ResourceNotFoundException",
                    "Function not found: " + function + "; there are " + functions.keySet());
        }
        return host;
    }

    /** The name in an ARN, a partial ARN or a name with a qualifier. */
    private static String name(String function) {
        String name = function.substring(function.indexOf("function:") < 0 ? 0 : function.indexOf("function:") + 9);
        return name.contains(":") ? name.substring(0, name.indexOf(':')) : name;
    }

    /** Collects functions. Not thread-safe. */
    public static final class Builder {

        private final Map<String, FunctionSpec> specs = new LinkedHashMap<>();
        private List<Duration> retryDelays = List.of(Duration.ofMinutes(1), Duration.ofMinutes(2));
        private BiConsumer<Duration, Runnable> retryTimer = (delay, task) -> CompletableFuture
                .delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS).execute(task);
        private int port;

        private Builder() {
        }

        /**
         * Adds a function.
         *
         * @throws IllegalArgumentException when the name is taken, or the function has neither a command nor is external
         */
        public Builder function(String name, Consumer<FunctionSpec> configure) {
            if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
                throw new IllegalArgumentException("name must be 1 to 64 letters, digits, - and _, was " + name);
            }
            FunctionSpec spec = new FunctionSpec(name);
            configure.accept(spec);
            if (specs.putIfAbsent(name, spec.checked()) != null) {
                throw new IllegalArgumentException("There is a function " + name + " already");
            }
            return this;
        }

        /**
         * How long to wait before each further attempt of a failed asynchronous invocation; default 1 and 2 minutes, as on
         * Lambda. None for no retries.
         *
         * @throws IllegalArgumentException when there are more than 2, Lambda's most
         */
        public Builder retryDelays(Duration... delays) {
            if (delays.length > 2) {
                throw new IllegalArgumentException("retryDelays must be at most 2, were " + delays.length);
            }
            retryDelays = List.of(delays);
            return this;
        }

        /** What runs a task after a delay; default the system's clock. A test can hold the tasks and run them when it likes. */
        public Builder retryTimer(BiConsumer<Duration, Runnable> timer) {
            retryTimer = Objects.requireNonNull(timer, "timer");
            return this;
        }

        /** The port of the Invoke API; default 0, a free one. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** Starts the Invoke API and the functions that are eager or external. */
        public LocalLambda start() {
            return new LocalLambda(this);
        }
    }
}
