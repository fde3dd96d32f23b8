package dev.pocketflow.quarkus;

import java.time.Duration;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What can be changed when a function starts. */
@ConfigRoot(phase = ConfigPhase.RUN_TIME)
@ConfigMapping(prefix = "pocketflow")
public interface PocketFlowConfig {

    /**
     * The most steps one run may make, at least 1: the guard against a loop that never leaves.
     */
    @WithDefault("10000")
    int maxSteps();

    /**
     * After how long a run starts no further step. A step's own time is bounded by its {@code @Timeout}. Without it, nothing
     * limits a run over HTTP; on AWS Lambda, the time of the invocation always does, in the same way.
     */
    Optional<Duration> timeout();

    /**
     * Logging.
     */
    Log log();

    interface Log {
        /**
         * Whether each step is logged, in one line.
         */
        @WithDefault("true")
        boolean steps();

        /**
         * Whether the contents of the store are logged when a run ends, and the messages of what nodes threw. For debugging
         * only:
         * both may hold anything that users or models said.
         */
        @WithDefault("false")
        boolean values();
    }
}
