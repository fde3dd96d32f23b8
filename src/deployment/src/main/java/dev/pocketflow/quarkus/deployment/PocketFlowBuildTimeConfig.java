package dev.pocketflow.quarkus.deployment;

import java.nio.file.Path;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The configuration that is used only while a function is built or developed. */
@ConfigRoot(phase = ConfigPhase.BUILD_TIME)
@ConfigMapping(prefix = "quarkus.pocketflow")
public interface PocketFlowBuildTimeConfig {

    /**
     * The directory for the JSON Schemas of the flows. A build of the application writes a file for each flow into it:
     * {@code <flow>.schema.json}. A relative path begins at the project, such as {@code target/pocketflow}. To know its flows,
     * the build starts the packaged application, and stops it when its flows are
     * built. Without this key nothing is started or written.
     */
    Optional<Path> storeSchemaDirectory();

    /**
     * Dev Services: stand-ins that start by themselves in dev and test.
     */
    DevServices devservices();

    /** Stand-ins for paid services. */
    interface DevServices {
        /** Starts stand-ins in dev and test. */
        @WithDefault("true")
        boolean enabled();

        /**
         * The script of the stand-in for the language model, a file on the class path. The stand-in starts if this file exists
         * and quarkus-langchain4j-openai has no API key and no base URL.
         */
        @WithDefault("model-script.yaml")
        String modelScript();
    }
}
