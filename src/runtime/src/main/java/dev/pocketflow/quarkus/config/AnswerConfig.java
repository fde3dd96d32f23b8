package dev.pocketflow.quarkus.config;

import io.smallrye.config.WithDefault;

/** The answer of a flow that declares what it gives. A flow that does not is answered with its whole store and its path. */
public interface AnswerConfig {

    /**
     * The part of the store that an answer shows: {@code gives}, the keys that the flow gives, or {@code all}. Over HTTP, a
     * request with {@code ?store=all} is shown all.
     */
    @WithDefault("gives")
    Content store();

    /**
     * Shows the path in answers, which is the list of the steps. Over HTTP, a request with {@code ?path=true} is shown it. In
     * dev and test the default is {@code true}.
     */
    @WithDefault("false")
    boolean path();

    /** The parts of the store that an answer can show. */
    enum Content {
        /** The keys that the flow gives. */
        GIVES,
        /** The whole store. */
        ALL
    }
}
