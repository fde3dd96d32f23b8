package dev.pocketflow.quarkus.config;

import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;

/** What is decided when a function is built. */
@ConfigRoot(phase = ConfigPhase.BUILD_AND_RUN_TIME_FIXED)
@ConfigMapping(prefix = "quarkus.pocketflow")
public interface PocketFlowBuildConfig {

    /**
     * The name of the flow that is the function. Not needed where there is one flow only; with several, the others are
     * nested in it.
     */
    Optional<String> flow();
}
