package dev.pocketflow.quarkus.config;

import io.smallrye.config.WithDefault;

/** The input of a flow that declares what it takes. */
public interface InputConfig {

    /**
     * The treatment of members of an input that the flow does not take: {@code refuse} answers 400 with their names.
     * {@code ignore} drops them before the run begins.
     */
    @WithDefault("refuse")
    Unknown unknown();

    /** The treatment of unknown members. */
    enum Unknown {
        /** The input is refused. */
        REFUSE,
        /** They are dropped. */
        IGNORE
    }
}
