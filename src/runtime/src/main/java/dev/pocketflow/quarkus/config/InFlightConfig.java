package dev.pocketflow.quarkus.config;

import java.time.Duration;
import java.util.Optional;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;

/** Requests over HTTP that are worked on at once. */
public interface InFlightConfig {

    /**
     * How much memory the requests under way over HTTP may need together, by an estimate: 16 bytes for each byte of a body, 96
     * for each JSON object or array, and 48 KiB for a stream. A request beyond it is answered 503 with {@code Retry-After}; one
     * that never fits, 413. Streams may use half of it. By default, half of the heap's limit.
     */
    Optional<MemorySize> maxMemory();

    /**
     * How long the upload of a body of more than 8 KiB may take. After that its connection is closed.
     */
    @WithDefault("30s")
    Duration upload();

    /**
     * How long a caller may take nothing of its answer. After that its connection is closed.
     */
    @WithDefault("60s")
    Duration unread();
}
