package dev.pocketflow.cloud.lambda;

import java.util.Objects;

/**
 * Where the record of an event that was given up on is sent, see {@link FunctionSpec#onFailure(Destination)}. (In memory every
 * one is kept anyway: {@link LocalLambda#deadLetters()}.)
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
