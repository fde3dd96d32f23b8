package dev.pocketflow.quarkus.config;

import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;

/** The configuration that is fixed when a function is built. */
@ConfigRoot(phase = ConfigPhase.BUILD_AND_RUN_TIME_FIXED)
@ConfigMapping(prefix = "quarkus.pocketflow")
public interface PocketFlowBuildConfig {

    /**
     * The name of the flow that this function serves. It is not needed if there is one flow only. If there are several, the
     * others are nested in it.
     */
    Optional<String> flow();
}
