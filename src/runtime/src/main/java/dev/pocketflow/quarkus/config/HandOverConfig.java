package dev.pocketflow.quarkus.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.smallrye.config.WithDefault;

/** How a run goes on where an invocation has to end: the groups of {@link PocketFlowConfig}. */
public final class HandOverConfig {

    private HandOverConfig() {
    }

    /** The ways out. */
    public enum Way {
        /** The next hop runs in this process. */
        LOCAL,
        /** The outcome carries the envelope, and the caller brings it back. */
        CALLER,
        /** An asynchronous Invoke of a Lambda function. */
        LAMBDA,
        /** A message to an SQS queue. */
        SQS,
        /** A CloudEvent to a URL. */
        HTTP
    }

    /** What wakes a run that waits. */
    public enum Timer {
        /** Delayed messages to an SQS queue. */
        SQS,
        /** One-time schedules of EventBridge Scheduler, which invoke a Lambda function. */
        SCHEDULER,
        /** A timer of this process, which ends with it. */
        PROCESS
    }

    /** When to hand over. */
    public interface Budget {
        /**
         * After how many steps a run is handed over. Without it, steps do not matter.
         */
        OptionalInt steps();

        /**
         * After how long a run is handed over. On AWS Lambda, the time of the invocation counts as well.
         */
        Optional<Duration> time();

        /**
         * What has to be left of the time after a step, for the hand-over itself.
         */
        @WithDefault("1s")
        Duration margin();

        /**
         * The most hops that one run may make, at least 1: the guard against a chain of invocations that never ends.
         */
        @WithDefault("1000")
        int hops();

        /**
         * The most of a unit that one run may use in all its hops, more than 0, as in
         * {@code quarkus.pocketflow.budget.usage.input-tokens}: a run that has used as much starts no further step, and fails.
         * Chat models of LangChain4j are counted in {@code input-tokens} and {@code output-tokens}; nodes count what they like
         * with {@link dev.pocketflow.Visit#use}.
         */
        @ConfigDocMapKey("unit")
        Map<String, Double> usage();
    }

    /** AWS Lambda. The AWS SDK's own settings ({@code AWS_REGION}, {@code AWS_ENDPOINT_URL_LAMBDA} and so on) apply. */
    public interface Lambda {
        /**
         * The function that goes on with this function's own runs, by name or ARN. Without it, the name that Lambda gives this
         * function.
         */
        Optional<String> function();
    }

    /** Amazon SQS. The AWS SDK's own settings ({@code AWS_REGION}, {@code AWS_ENDPOINT_URL_SQS} and so on) apply. */
    public interface Sqs {
        /**
         * The queue that this function's own runs go on through.
         */
        Optional<URI> queueUrl();
    }

    /**
     * EventBridge Scheduler. The AWS SDK's own settings ({@code AWS_REGION}, {@code AWS_ENDPOINT_URL_SCHEDULER} and so on)
     * apply.
     */
    public interface Scheduler {
        /**
         * The ARN of the role as which the service invokes the function; needed with
         * {@code quarkus.pocketflow.timer=scheduler}.
         */
        Optional<String> role();

        /**
         * The ARN of the Lambda function that runs which waited go on in. Without it,
         * {@code quarkus.pocketflow.lambda.function}, or the name that Lambda gives this function, in {@code AWS_REGION} and
         * the role's account.
         */
        Optional<String> target();

        /**
         * The group that the schedules are made in, which has to be there.
         */
        @WithDefault("default")
        String group();

        /**
         * The ARN of an SQS queue, no FIFO queue, for the envelopes with which the function could not be invoked.
         * Without it, they are lost after a day of attempts.
         */
        Optional<String> deadLetterQueue();
    }

    /** HTTP, with CloudEvents. */
    public interface Http {
        /**
         * Where this function's own runs go on. Without it, the environment variable {@code K_SINK}, which Knative sets.
         */
        Optional<URI> url();

        /**
         * How long the receiver may take to accept an envelope.
         */
        @WithDefault("10s")
        Duration timeout();
    }

    /** Where the store goes that is too large for the way out. */
    public interface Claims {
        /**
         * The directory for a store that is too large for the way out. All functions of the run have to see it.
         */
        Optional<Path> directory();

        /**
         * The S3 bucket for a store that is too large for the way out. The AWS SDK's own settings ({@code AWS_REGION},
         * {@code AWS_ENDPOINT_URL_S3} and so on) apply.
         */
        Optional<String> bucket();

        /**
         * What the names of the objects in the bucket begin with.
         */
        @WithDefault("pocketflow/")
        String prefix();
    }
}
