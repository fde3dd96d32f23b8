package dev.pocketflow.cloud.lambda;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import dev.pocketflow.cloud.invocation.AsyncInvocation;
import dev.pocketflow.cloud.invocation.DeadLetter;
import dev.pocketflow.cloud.invocation.InvocationAttempt;
import dev.pocketflow.cloud.invocation.InvokeResult;
import dev.pocketflow.cloud.invocation.LambdaError;
import dev.pocketflow.cloud.invocation.LambdaException;
import dev.pocketflow.cloud.invocation.LambdaInvocation;
import dev.pocketflow.cloud.sqs.SqsClient;
import dev.pocketflow.testing.FakeTime;

/**
 * AWS Lambda on 127.0.0.1. It runs functions as processes with a custom runtime, such as native executables, or as
 * {@link FunctionHandler}s in this process. Processes get their events by the Lambda Runtime API. Callers use this class or,
 * with an AWS SDK, the Invoke API at {@link #endpoint()}. Thread-safe. The caller of {@code start()} closes it, which kills
 * the processes.
 *
 * <pre>{@code
 * try (LocalLambda lambda = LocalLambda.builder()
 *         .function("agent", spec -> spec.command(Path.of("target/agent-runner")).timeout(Duration.ofSeconds(30)))
 *         .start()) {
 *     InvokeResult result = lambda.invoke("agent", "{\"question\": \"Who was Ada?\"}");
 * }
 * }</pre>
 *
 * A {@code @QuarkusIntegrationTest} starts the function itself. {@code LocalLambdaResource} of
 * {@code dev.pocketflow.cloud.quarkus} makes that function poll a lambda of this class. With
 * {@code quarkus.lambda.mock-event-server.enabled=false} Quarkus does not start its own mock server on port 8081.
 * <p>
 * The description of the package lists what it does as Lambda does, and what it does otherwise.
 */
public final class LocalLambda implements AutoCloseable {

    private final FunctionRegistry functions = new FunctionRegistry();
    private final AsyncInvoker asyncInvoker;
    private final InvokeApi api;

    private LocalLambda(Builder builder) {
        SqsClient sqs = builder.sqs == null ? null : new SqsClient(builder.sqs);
        asyncInvoker = new AsyncInvoker(builder.retryDelays, builder.retryTimer, builder.clock, new Burial(this, sqs)::bury);
        api = new InvokeApi(builder.port, this);
        Map<String, String> endpoints = new LinkedHashMap<>(builder.env);
        endpoints.put("AWS_ENDPOINT_URL_LAMBDA", api.endpoint());
        try {
            builder.specs.forEach((name, spec) -> functions.add(name, new FunctionHost(spec,
                    () -> spec.inProcess == null ? new ExecutionEnvironment(spec, endpoints)
                            : new HandlerEnvironment(this, spec),
                    builder.clock, builder.listener)));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Returns a builder of a lambda without functions. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Invokes a function and waits for its result.
     *
     * @param function its name or ARN
     * @param json the event, at most 6 MiB
     * @throws LambdaException when the function does not exist, or the event is too large or not JSON
     * @throws IllegalStateException when this is closed or the thread is interrupted before the result
     */
    public InvokeResult invoke(String function, String json) {
        return invoke(function, LambdaInvocation.of(json.getBytes(StandardCharsets.UTF_8), null, null));
    }

    InvokeResult invoke(String function, LambdaInvocation invocation) {
        try {
            return sync(function, invocation).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + function, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        }
    }

    /**
     * Invokes a function without waiting. A failed event is retried as often as {@link FunctionSpec#maximumRetryAttempts} and
     * {@link Builder#retryDelays} allow, and then becomes a dead letter.
     *
     * @param function its name or ARN
     * @param json the event, at most 1 MiB
     * @throws LambdaException when the function does not exist, or the event is too large or not JSON
     */
    public AsyncInvocation invokeAsync(String function, String json) {
        return async(function, LambdaInvocation.of(json.getBytes(StandardCharsets.UTF_8), null, null));
    }

    /** {@return the names of the functions} */
    public Set<String> functions() {
        return functions.names();
    }

    /** The asynchronous events that were discarded, oldest first. */
    public List<DeadLetter> deadLetters() {
        return asyncInvoker.deadLetters();
    }

    /** Empties {@link #deadLetters()}, as between two tests. */
    public void forgetDeadLetters() {
        asyncInvoker.forgetDeadLetters();
    }

    /** The address of the Invoke API, for an AWS SDK's {@code endpointOverride}. Functions find it in their environment. */
    public URI endpoint() {
        return URI.create(api.endpoint());
    }

    /**
     * The {@code AWS_LAMBDA_RUNTIME_API} of an external function, as in {@code 127.0.0.1:8090}.
     *
     * @throws LambdaException when the function does not exist
     * @throws IllegalStateException when it is not external
     */
    public String runtimeApi(String function) {
        return functions.host(function).runtimeApi();
    }

    /**
     * Kills the function's processes, as {@code kill -9} does, and returns when they have ended. A running invocation fails
     * with {@code Runtime.ExitError}. The next one starts a process.
     *
     * @return the number of processes; always 0 for a handler and for an external function
     * @throws LambdaException when the function does not exist
     */
    public int kill(String function) {
        return functions.host(function).kill();
    }

    /** Kills the processes and ends all invocations. */
    @Override
    public void close() {
        api.close();
        functions.close();
        asyncInvoker.close();
    }

    /** The number of events that the function handles at once. */
    public int concurrency(String function) {
        FunctionSpec spec = functions.host(function).spec();
        return spec.external ? 1 : spec.concurrency;
    }

    /**
     * Invokes a function with an event that is part of a chain.
     *
     * @return the result; completed exceptionally when this is closed before it
     * @throws LambdaException when the function does not exist, the event is too large or not JSON, or its chain must end here
     */
    public CompletableFuture<InvokeResult> sync(String function, LambdaInvocation invocation) {
        FunctionHost host = functions.check(function, invocation, LambdaError.SYNC_BYTES);
        return host.submitUnlessRecursive(host.entering(invocation));
    }

    /** Checks an event as {@link #sync} does, and invokes nothing. */
    void check(String function, LambdaInvocation invocation) {
        functions.check(function, invocation, LambdaError.SYNC_BYTES);
    }

    AsyncInvocation async(String function, LambdaInvocation invocation) {
        FunctionHost host = functions.check(function, invocation, LambdaError.ASYNC_BYTES);
        return asyncInvoker.submit(host, host.entering(invocation));
    }

    /** Builds a lambda. Not thread-safe. */
    public static final class Builder {

        private final Map<String, FunctionSpec> specs = new LinkedHashMap<>();
        private List<Duration> retryDelays = List.of(Duration.ofMinutes(1), Duration.ofMinutes(2));
        private BiConsumer<Duration, Runnable> retryTimer = (delay, task) -> CompletableFuture
                .delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS).execute(task);
        private final Map<String, String> env = new LinkedHashMap<>();
        private InstantSource clock = InstantSource.system();
        private Consumer<InvocationAttempt> listener = hop -> {
        };
        private URI sqs;
        private int port;

        private Builder() {
        }

        /**
         * Adds a function.
         *
         * @throws IllegalArgumentException when the name is taken, or the function is not exactly one of a command, a handler,
         *         and external
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
         * Sets the delays before the second and the third attempt of an asynchronous event; default 1 and 2 minutes, as on
         * Lambda. No delays mean no retries.
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

        /**
         * Sets the timer that runs a task after a delay; default the system's clock. A test can keep the tasks and run them
         * itself.
         */
        public Builder retryTimer(BiConsumer<Duration, Runnable> timer) {
            retryTimer = Objects.requireNonNull(timer, "timer");
            return this;
        }

        /** {@return what runs a task after a delay} */
        public BiConsumer<Duration, Runnable> retryTimer() {
            return retryTimer;
        }

        /** {@return the clock of retries and of the age of events} */
        public InstantSource clock() {
            return clock;
        }

        /**
         * Uses this clock and its timer for retries and for the age of events. Functions still run, and time out, in real time.
         */
        public Builder time(FakeTime time) {
            clock = Objects.requireNonNull(time, "time");
            return retryTimer(time::schedule);
        }

        /**
         * Sets the listener of attempts; default none. It is called when an attempt is over, on the thread that saw its end.
         */
        public Builder onAttempt(Consumer<InvocationAttempt> listener) {
            this.listener = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /** Sets the address of SQS, for dead-letter queues and destinations. Functions find it in their environment. */
        public Builder sqs(URI endpoint) {
            sqs = Objects.requireNonNull(endpoint, "endpoint");
            return env("AWS_ENDPOINT_URL_SQS", endpoint.toString());
        }

        /** Sets an environment variable of all functions that are processes. A function's own variables override it. */
        public Builder env(String variable, String value) {
            env.put(Objects.requireNonNull(variable, "variable"), Objects.requireNonNull(value, "value"));
            return this;
        }

        /** Sets the port of the Invoke API; default 0, a free one. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /**
         * Starts the Invoke API and the functions that are eager or external.
         *
         * @throws IllegalArgumentException when a function's dead letters need a queue and there is no SQS, or when they need a
         *         function that does not exist
         */
        public LocalLambda start() {
            specs.values().forEach(spec -> spec.checkDestinations(sqs != null, specs.keySet()));
            return new LocalLambda(this);
        }
    }
}
