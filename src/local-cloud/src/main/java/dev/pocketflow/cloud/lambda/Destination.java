package dev.pocketflow.cloud.lambda;

import java.util.Objects;

/**
 * The destination of the record of a discarded event, see {@link FunctionSpec#onFailure(Destination)}.
 * {@link LocalLambda#deadLetters()} keeps each one in memory as well.
 */
public sealed interface Destination {

    /** An SQS queue of {@link LocalLambda.Builder#sqs}, by its name. */
    static Destination queue(String name) {
        return new Queue(Objects.requireNonNull(name, "name"));
    }

    /** A function of the same lambda, invoked asynchronously. */
    static Destination function(String name) {
        return new Function(Objects.requireNonNull(name, "name"));
    }

    /** Made by {@link #queue(String)}. */
    record Queue(String name) implements Destination {
    }

    /** Made by {@link #function(String)}. */
    record Function(String name) implements Destination {
    }
}
