package dev.pocketflow.quarkus.deployment;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What matters only while a function is built, or developed. */
@ConfigRoot(phase = ConfigPhase.BUILD_TIME)
@ConfigMapping(prefix = "quarkus.pocketflow")
public interface PocketFlowBuildTimeConfig {

    /**
     * Dev Services: stand-ins that start by themselves in dev and test.
     */
    DevServices devservices();

    /** Stand-ins for paid services. */
    interface DevServices {
        /**
         * Whether stand-ins start in dev and test.
         */
        @WithDefault("true")
        boolean enabled();

        /**
         * The script that the stand-in for the language model answers from, on the class path. The stand-in starts where
         * quarkus-langchain4j-openai has neither an API key nor a base URL, and needs this file there.
         */
        @WithDefault("model-script.yaml")
        String modelScript();
    }
}
