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
     * The longest one invocation may take. A run whose time is up is stopped before its next step. Without it, nothing limits
     * a run over HTTP; on AWS Lambda, the function's own timeout always does.
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
