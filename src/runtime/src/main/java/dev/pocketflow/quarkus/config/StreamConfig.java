package dev.pocketflow.quarkus.config;

import java.time.Duration;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;

/** Runs that are streamed as they happen. */
public interface StreamConfig {

    /**
     * How long a stream may be silent: after this time without an event, a comment line is sent, so that proxies keep the
     * connection and a reader that is gone is noticed.
     */
    @WithDefault("15s")
    Duration heartbeat();

    /**
     * How long a reader of a stream may take nothing of what is sent. After that its connection is closed, and its run is
     * cancelled.
     */
    @WithDefault("60s")
    Duration idle();

    /**
     * How much may wait for one slow reader, besides the outcome. Further events are skipped, and counted; so is an event that
     * alone has more. All streams together keep a quarter of {@code quarkus.pocketflow.in-flight.max-memory}; each may always
     * keep 32 KiB.
     */
    @WithDefault("2M")
    MemorySize buffer();
}
