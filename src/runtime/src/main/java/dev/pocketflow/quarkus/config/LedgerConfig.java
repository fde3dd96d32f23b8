package dev.pocketflow.quarkus.config;

import java.time.Duration;
import java.util.Optional;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;

/** Where it is kept who works on a hop, and what came of it. */
public interface LedgerConfig {

    /** The ledgers. */
    enum Kind {
        /** None: what is delivered twice runs twice. */
        NONE,
        /** In this process, and gone with it. */
        MEMORY,
        /** A table of Amazon DynamoDB. */
        DYNAMODB,
        /** Redis, through Quarkus's own client. */
        REDIS
    }

    /**
     * Where it is kept which hops are worked on or done, so that one that is delivered twice runs once: {@code none},
     * {@code memory}, {@code dynamodb} (the AWS SDK's own settings apply: {@code AWS_REGION},
     * {@code AWS_ENDPOINT_URL_DYNAMODB} and so on), or {@code redis} (the function's {@code quarkus.redis.*} apply). In dev
     * and test, {@code memory} is the default; in production there is none without this key.
     */
    @WithParentName
    Optional<Kind> kind();

    /**
     * How long an invocation has a hop to itself where neither the platform nor {@code quarkus.pocketflow.timeout} limits its
     * time.
     */
    @WithDefault("15m")
    Duration claim();

    /**
     * How often, at most, the ledger is asked between two steps whether the run was cancelled; {@code 0s} for each time.
     */
    @WithDefault("1s")
    Duration poll();

    /**
     * How long it is remembered what came of a hop. A duplicate that comes later runs again. That a run was cancelled is
     * remembered for {@code quarkus.pocketflow.envelope.rest-expires} where that is longer, as a run may rest so long.
     */
    @WithDefault("1d")
    Duration keep();

    /**
     * About how much memory {@code memory} may use. When it is used up, the oldest outcomes are kept without their stores, and
     * then forgotten, which is logged once.
     */
    @WithDefault("16M")
    MemorySize maxMemory();

    /**
     * The table of {@code dynamodb}: its partition key is the string {@code id}, its time to live the attribute
     * {@code expiration}.
     */
    @WithDefault("pocketflow")
    String table();

    /**
     * What the keys of {@code redis} begin with.
     */
    @WithDefault("pocketflow:")
    String prefix();
}
