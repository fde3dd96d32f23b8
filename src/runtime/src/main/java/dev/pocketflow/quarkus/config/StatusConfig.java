package dev.pocketflow.quarkus.config;

import java.time.Duration;

import io.smallrye.config.WithDefault;

/** The status of a run over HTTP. It requires a ledger. */
public interface StatusConfig {

    /** The callers who may read the status of a run. */
    enum Readers {
        /** Every caller who has the token that cancels the run. */
        TOKEN,
        /** Every caller who has the token, or whom the application's own security has identified. */
        AUTHENTICATED
    }

    /**
     * The callers who may read the status and the outcome of a run at {@code runs/<run>}: {@code token}, whoever sends the
     * token of the start's answer, or {@code authenticated}, in addition every caller whom the application's own security has
     * identified.
     */
    @WithDefault("token")
    Readers readers();

    /**
     * The longest time that a request waits for the end of a run, whatever its header {@code Prefer: wait} asks for.
     */
    @WithDefault("30s")
    Duration maxWait();
}
