package dev.pocketflow.quarkus.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.smallrye.config.WithDefault;

/** The groups of {@link PocketFlowConfig} about a run that continues in another invocation. */
public final class HandOverConfig {

    private HandOverConfig() {
    }

    /** The ways to hand a run over to its next hop. */
    public enum Way {
        /** The next hop runs in this process. */
        LOCAL,
        /** The outcome carries the envelope, and the caller sends it back. */
        CALLER,
        /** An asynchronous Invoke of a Lambda function. */
        LAMBDA,
        /** A message to an SQS queue. */
        SQS,
        /** A CloudEvent to a URL. */
        HTTP
    }

    /** The timers that resume a run that waits. */
    public enum Timer {
        /** Delayed messages to an SQS queue. */
        SQS,
        /** One-time schedules of EventBridge Scheduler, which invoke a Lambda function. */
        SCHEDULER,
        /** A timer of this process. It is lost when the process ends. */
        PROCESS
    }

    /** The limits that end a hop or a run. */
    public interface Budget {
        /**
         * The number of steps after which a run is handed over. Without it the number of steps is not limited.
         */
        OptionalInt steps();

        /**
         * The time after which a run is handed over. On AWS Lambda the time limit of the invocation applies as well.
         */
        Optional<Duration> time();

        /**
         * The time reserved at the end of an invocation for the hand-over.
         */
        @WithDefault("1s")
        Duration margin();

        /**
         * The most hops of one run, at least 1. It stops an endless chain of invocations.
         */
        @WithDefault("1000")
        int hops();

        /**
         * The most of a unit that one run may use in all its hops, more than 0, as in
         * {@code quarkus.pocketflow.budget.usage.input-tokens}. A run that has used this much starts no further step and fails.
         * Chat models of LangChain4j are counted in {@code input-tokens} and {@code output-tokens}. Nodes count other units
         * with {@link dev.pocketflow.Visit#use}.
         */
        @ConfigDocMapKey("unit")
        Map<String, Double> usage();
    }

    /** AWS Lambda. The AWS SDK's own settings ({@code AWS_REGION}, {@code AWS_ENDPOINT_URL_LAMBDA} and so on) apply. */
    public interface Lambda {
        /**
         * The name or ARN of the function that continues this function's own runs. The default is the name that Lambda gives
         * this function.
         */
        Optional<String> function();

        /**
         * The part of an event that is the input: {@code auto}, {@code event} or {@code body}. {@code auto} takes the body of
         * an HTTP request, the message of an SNS notification and the detail of an EventBridge event, and any other event as
         * it is. {@code event} takes every event as it is. {@code body} is {@code auto}, but refuses any other event, except
         * envelopes, signals and cancellations. A batch of SQS is always taken message by message.
         */
        @WithDefault("auto")
        Input input();
    }

    /** The part of an event of Lambda that is the input. */
    public enum Input {
        /** By the form of the event. */
        AUTO,
        /** The whole event. */
        EVENT,
        /** The body only. */
        BODY
    }

    /** Amazon SQS. The AWS SDK's own settings ({@code AWS_REGION}, {@code AWS_ENDPOINT_URL_SQS} and so on) apply. */
    public interface Sqs {
        /**
         * The queue that carries this function's own runs.
         */
        Optional<URI> queueUrl();
    }

    /**
     * EventBridge Scheduler. The AWS SDK's own settings ({@code AWS_REGION}, {@code AWS_ENDPOINT_URL_SCHEDULER} and so on)
     * apply.
     */
    public interface Scheduler {
        /**
         * The ARN of the role that lets the Scheduler invoke the function. It is required with
         * {@code quarkus.pocketflow.timer=scheduler}.
         */
        Optional<String> role();

        /**
         * The ARN of the Lambda function that resumes runs that waited. The default is
         * {@code quarkus.pocketflow.lambda.function}, or the name that Lambda gives this function, in {@code AWS_REGION} and
         * the role's account.
         */
        Optional<String> target();

        /**
         * The group of the schedules. The group must exist.
         */
        @WithDefault("default")
        String group();

        /**
         * The ARN of an SQS queue for the envelopes that the Scheduler could not deliver. It must not be a FIFO queue. Without
         * it these envelopes are lost after a day of attempts.
         */
        Optional<String> deadLetterQueue();
    }

    /** HTTP, with CloudEvents. */
    public interface Http {
        /**
         * The URL that receives this function's own runs. The default is the environment variable {@code K_SINK}, which Knative
         * sets.
         */
        Optional<URI> url();

        /**
         * The longest time that the receiver may take to accept an envelope.
         */
        @WithDefault("10s")
        Duration timeout();
    }

    /** The claim check: storage for a store that exceeds the limit of the transport. */
    public interface Claims {
        /**
         * The directory for a store that is too large for the transport. All functions of the run must share it.
         */
        Optional<Path> directory();

        /**
         * The S3 bucket for a store that is too large for the transport. The AWS SDK's own settings ({@code AWS_REGION},
         * {@code AWS_ENDPOINT_URL_S3} and so on) apply.
         */
        Optional<String> bucket();

        /**
         * The prefix of the names of the objects in the bucket.
         */
        @WithDefault("pocketflow/")
        String prefix();
    }
}
