package dev.pocketflow.quarkus.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;

/** Where failed runs are kept. */
public interface ParkConfig {

    /** The places. */
    enum Place {
        /** In the answer alone. */
        CALLER,
        /** A line of the log, with the envelope encrypted. */
        LOG,
        /** A file in a directory. */
        DIRECTORY,
        /** A message to an SQS queue. */
        SQS
    }

    /**
     * Where the envelope of a failed run is sent, besides the answer to whoever waits for one: {@code caller}, nowhere else;
     * {@code log}, a line of the category {@code dev.pocketflow.park}, for which there must be a key to encrypt with;
     * {@code directory}; {@code sqs}.
     */
    @WithParentName
    @WithDefault("caller")
    Place place();

    /**
     * The directory for failed runs, with {@code quarkus.pocketflow.park=directory}: {@code <run>.<hop>.json} is an envelope.
     * It is made where there is none.
     */
    Optional<Path> directory();

    /**
     * The queue for failed runs, with {@code quarkus.pocketflow.park=sqs}. The AWS SDK's own settings ({@code AWS_REGION},
     * {@code AWS_ENDPOINT_URL_SQS} and so on) apply.
     */
    Optional<URI> queueUrl();
}
