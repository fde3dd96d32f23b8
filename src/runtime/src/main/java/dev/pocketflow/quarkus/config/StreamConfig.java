package dev.pocketflow.quarkus.config;

import java.time.Duration;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;

/** Runs that are streamed step by step. */
public interface StreamConfig {

    /**
     * The longest silence of a stream. After this time without an event the function sends a comment line. It makes proxies
     * keep the connection, and detects a reader that has disconnected.
     */
    @WithDefault("15s")
    Duration heartbeat();

    /**
     * The longest time during which the reader of a stream may read nothing. After that its connection is closed and its run is
     * cancelled.
     */
    @WithDefault("60s")
    Duration idle();

    /**
     * The memory for events that wait for one slow reader, besides the outcome. Further events are skipped and counted. An
     * event that is larger by itself is skipped too. All streams together may hold a quarter of
     * {@code quarkus.pocketflow.in-flight.max-memory}. Each stream may always hold 32 KiB.
     */
    @WithDefault("2M")
    MemorySize buffer();
}
