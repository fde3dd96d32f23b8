package dev.pocketflow.cloud;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import dev.pocketflow.cloud.dynamodb.LocalDynamo;
import dev.pocketflow.cloud.eventsource.EventSource;
import dev.pocketflow.cloud.eventsource.EventSourceSpec;
import dev.pocketflow.cloud.lambda.FunctionSpec;
import dev.pocketflow.cloud.lambda.LocalLambda;
import dev.pocketflow.cloud.s3.LocalS3;
import dev.pocketflow.cloud.scheduler.LocalScheduler;
import dev.pocketflow.cloud.sqs.LocalSqs;
import dev.pocketflow.cloud.sqs.QueueSpec;

/**
 * The services of AWS that a flow runs in, on 127.0.0.1. There is always a {@link LocalLambda}. The builder can add the queues
 * of a {@link LocalSqs}, the buckets of a {@link LocalS3}, the tables of a {@link LocalDynamo} and a {@link LocalScheduler}.
 * Functions that are processes find the addresses in their environment. Thread-safe. The caller of {@code start()} closes the
 * cloud; in a JUnit test {@link LocalCloudExtension} does both.
 *
 * <pre>{@code
 * try (LocalCloud cloud = LocalCloud.builder()
 *         .function("writer", spec -> spec.command(bootstrap).recursiveLoop(RecursiveLoop.ALLOW).deadLetterQueue("failed"))
 *         .eventSource("jobs", "writer", source -> source.reportBatchItemFailures())
 *         .bucket("claims")
 *         .start()) {
 *     cloud.sqs().send("jobs", "{\"topic\": \"bottles\"}");
 * }
 * }</pre>
 */
public final class LocalCloud implements AutoCloseable {

    /**
     * The prefix of the environment variables that hold the queues' URLs: {@code QUEUE_URL_JOBS} for the queue {@code jobs}.
     */
    public static final String QUEUE_URL = "QUEUE_URL_";

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final List<String> buckets;
    private final List<String> tables;
    private final LocalLambda lambda;
    private final LocalSqs sqs;
    private final LocalS3 s3;
    private final LocalDynamo dynamo;
    private final LocalScheduler scheduler;

    private LocalCloud(Builder builder) {
        buckets = List.copyOf(builder.buckets);
        tables = List.copyOf(builder.tables);
        try {
            sqs = builder.queues.isEmpty() ? null : started(LocalSqs.start());
            s3 = buckets.isEmpty() ? null : started(LocalS3.start());
            dynamo = tables.isEmpty() ? null : started(LocalDynamo.start());
            if (sqs != null) {
                builder.queues.forEach(sqs::createQueue);
                builder.queues.keySet().forEach(queue -> builder.lambda.env(QUEUE_URL + variable(queue), sqs.queueUrl(queue)));
                builder.lambda.sqs(sqs.endpoint());
            }
            if (s3 != null) {
                buckets.forEach(s3::createBucket);
                builder.lambda.env("AWS_ENDPOINT_URL_S3", s3.endpoint().toString());
            }
            if (dynamo != null) {
                tables.forEach(dynamo::createTable);
                builder.lambda.env("AWS_ENDPOINT_URL_DYNAMODB", dynamo.endpoint().toString());
            }
            scheduler = builder.scheduler
                    ? started(new LocalScheduler(builder.lambda.clock(), builder.lambda.retryTimer(), this::invoke))
                    : null;
            if (scheduler != null) {
                builder.lambda.env("AWS_ENDPOINT_URL_SCHEDULER", scheduler.endpoint().toString());
            }
            lambda = started(builder.lambda.start());
            builder.sources.forEach(source -> started(EventSource.start(source, sqs.client(), lambda)));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void invoke(String function, String input) {
        lambda.invokeAsync(function, input);
    }

    private static String variable(String queue) {
        return queue.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** Returns a builder of a cloud without functions. */
    public static Builder builder() {
        return new Builder();
    }

    /** Its functions. */
    public LocalLambda lambda() {
        return lambda;
    }

    /**
     * Its queues.
     *
     * @throws IllegalStateException when there are none
     */
    public LocalSqs sqs() {
        return there(sqs, "queue");
    }

    /**
     * Its buckets.
     *
     * @throws IllegalStateException when there are none
     */
    public LocalS3 s3() {
        return there(s3, "bucket");
    }

    /**
     * Its tables.
     *
     * @throws IllegalStateException when there are none
     */
    public LocalDynamo dynamo() {
        return there(dynamo, "table");
    }

    /**
     * Its schedules.
     *
     * @throws IllegalStateException when it has no scheduler
     */
    public LocalScheduler scheduler() {
        if (scheduler == null) {
            throw new IllegalStateException("This cloud has no scheduler: add it with scheduler()");
        }
        return scheduler;
    }

    /** Deletes all dead letters, schedules, messages, objects and items. Invocations that run continue. */
    public void reset() {
        lambda.forgetDeadLetters();
        if (sqs != null) {
            sqs.purge();
        }
        buckets.forEach(bucket -> s3.empty(bucket));
        tables.forEach(table -> dynamo.empty(table));
        if (scheduler != null) {
            scheduler.clear();
        }
    }

    /** The addresses of the services beside Lambda, as a text for a person. */
    String addresses() {
        return (sqs == null ? "" : ", SQS at " + sqs.endpoint()) + (s3 == null ? "" : ", S3 at " + s3.endpoint())
                + (dynamo == null ? "" : ", DynamoDB at " + dynamo.endpoint())
                + (scheduler == null ? "" : ", the Scheduler at " + scheduler.endpoint());
    }

    /** Ends everything. A second call does nothing. */
    @Override
    public synchronized void close() {
        RuntimeException trouble = null;
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                trouble = trouble == null ? new IllegalStateException("The local cloud does not end: " + e.getMessage(), e)
                        : trouble;
            }
        }
        if (trouble != null) {
            throw trouble;
        }
    }

    private <T extends AutoCloseable> T started(T service) {
        started.push(service);
        return service;
    }

    private static <T> T there(T service, String what) {
        if (service == null) {
            throw new IllegalStateException("This cloud has no " + what + ": add one with " + what + "(name)");
        }
        return service;
    }

    /** Builds a cloud. Not thread-safe. */
    public static final class Builder {

        private final LocalLambda.Builder lambda = LocalLambda.builder();
        private final Map<String, Consumer<QueueSpec>> queues = new LinkedHashMap<>();
        private final List<EventSourceSpec> sources = new ArrayList<>();
        private final Set<String> buckets = new LinkedHashSet<>();
        private final Set<String> tables = new LinkedHashSet<>();
        private boolean scheduler;

        private Builder() {
        }

        /** Adds a function, as {@link LocalLambda.Builder#function} does, and the queues that it names. */
        public Builder function(String name, Consumer<FunctionSpec> configure) {
            lambda.function(name, spec -> {
                configure.accept(spec);
                spec.queues().forEach(this::queue);
            });
            return this;
        }

        /** Adds a queue with SQS's defaults, unless it is there already. */
        public Builder queue(String name) {
            queues.putIfAbsent(name, spec -> {
            });
            return this;
        }

        /** Adds a queue and configures it. A queue that its dead letters go to must be added before. */
        public Builder queue(String name, Consumer<QueueSpec> configure) {
            queues.put(name, configure);
            return this;
        }

        /** Invokes a function with the messages of a queue. The queue is added if it is missing. */
        public Builder eventSource(String queue, String function, Consumer<EventSourceSpec> configure) {
            EventSourceSpec spec = new EventSourceSpec(queue, function);
            configure.accept(spec);
            sources.add(spec);
            return queue(queue);
        }

        /** Adds a bucket. */
        public Builder bucket(String name) {
            buckets.add(name);
            return this;
        }

        /** Adds a table, as {@link LocalDynamo#createTable} does. */
        public Builder table(String name) {
            tables.add(name);
            return this;
        }

        /** Adds EventBridge Scheduler. Its schedules invoke the functions, by the clock of {@link LocalLambda.Builder}. */
        public Builder scheduler() {
            scheduler = true;
            return this;
        }

        /** Sets other options of {@link LocalLambda.Builder}, such as its clock, its port and the listener of attempts. */
        public Builder lambda(Consumer<LocalLambda.Builder> configure) {
            configure.accept(lambda);
            return this;
        }

        /** {@return the reason why this machine cannot start it; empty if it can} */
        Optional<String> missing() {
            return tables.isEmpty() ? Optional.empty() : LocalDynamo.missing();
        }

        /**
         * Starts all services and waits until they answer.
         *
         * @throws IllegalStateException when SQS, S3 or DynamoDB does not start
         */
        public LocalCloud start() {
            return new LocalCloud(this);
        }
    }
}
