package dev.pocketflow.quarkus.config;

import java.time.Duration;
import java.util.Optional;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;

/** The limits of the HTTP requests that an instance processes at once. */
public interface InFlightConfig {

    /**
     * The memory that all HTTP requests in progress may need together, by an estimate. The estimate is 16 KiB for
     * each request and 32 KiB more for a stream. A body adds 16 bytes for each byte, 96 bytes for each JSON object, array and
     * member, and 40 bytes for each comma. A request beyond the free part is answered 503 with {@code Retry-After}. A request
     * larger than the whole is answered 413. Streams may use half of it. The default is half of the heap's limit.
     */
    Optional<MemorySize> maxMemory();

    /**
     * The longest time for the upload of a body of more than 8 KiB. After that its connection is closed.
     */
    @WithDefault("30s")
    Duration upload();

    /**
     * The longest time during which a caller may read nothing of its answer. After that its connection is closed.
     */
    @WithDefault("60s")
    Duration unread();
}
