package dev.pocketflow.quarkus.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;

/** The place that stores failed runs. */
public interface ParkConfig {

    /** The places. */
    enum Place {
        /** The answer only. */
        CALLER,
        /** A line of the log with the encrypted envelope. */
        LOG,
        /** A file in a directory. */
        DIRECTORY,
        /** A message to an SQS queue. */
        SQS
    }

    /**
     * The place that stores the envelope of a failed run, in addition to the answer. {@code caller} stores it nowhere else.
     * {@code log} writes a line of the category {@code dev.pocketflow.park}, and requires a key that encrypts.
     * {@code directory} and {@code sqs} are described below.
     */
    @WithParentName
    @WithDefault("caller")
    Place place();

    /**
     * The directory for failed runs, with {@code quarkus.pocketflow.park=directory}. Each file {@code <run>.<hop>.json} is an
     * envelope. The directory is created if it does not exist.
     */
    Optional<Path> directory();

    /**
     * The queue for failed runs, with {@code quarkus.pocketflow.park=sqs}. The AWS SDK's own settings ({@code AWS_REGION},
     * {@code AWS_ENDPOINT_URL_SQS} and so on) apply.
     */
    Optional<URI> queueUrl();
}
