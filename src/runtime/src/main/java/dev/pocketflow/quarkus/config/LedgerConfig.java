package dev.pocketflow.quarkus.config;

import java.time.Duration;
import java.util.Optional;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;

/** The ledger: the record of claimed and completed hops. */
public interface LedgerConfig {

    /** The ledgers. */
    enum Kind {
        /** No ledger. An event that is delivered twice runs twice. */
        NONE,
        /** The memory of this process. It is lost when the process ends. */
        MEMORY,
        /** A table of Amazon DynamoDB. */
        DYNAMODB,
        /** Redis, through Quarkus's own client. */
        REDIS
    }

    /**
     * The ledger, which makes a hop that is delivered twice run once: {@code none}, {@code memory}, {@code dynamodb} or
     * {@code redis}. {@code dynamodb} uses the AWS SDK's own settings ({@code AWS_REGION}, {@code AWS_ENDPOINT_URL_DYNAMODB}
     * and so on). {@code redis} uses the function's {@code quarkus.redis.*}. In dev and test the default is {@code memory}. In
     * production there is no ledger without this key.
     */
    @WithParentName
    Optional<Kind> kind();

    /**
     * The time for which an invocation claims a hop. It applies if neither the platform nor {@code quarkus.pocketflow.timeout}
     * limits the invocation.
     */
    @WithDefault("15m")
    Duration claim();

    /**
     * The shortest time between two checks whether the run was cancelled. The checks are made between steps. {@code 0s} checks
     * before every step. It is also the longest time between two questions for the outcome of a run that somebody waits for.
     */
    @WithDefault("1s")
    Duration poll();

    /**
     * The time for which the ledger remembers the outcome of a hop. A duplicate that arrives later runs again. A cancellation
     * and the status of a run that rests or is parked are remembered for {@code quarkus.pocketflow.envelope.rest-expires} if
     * that is longer, because a run may rest so long.
     */
    @WithDefault("1d")
    Duration keep();

    /**
     * The approximate memory that the ledger {@code memory} may use. Beyond it the ledger drops the stores of the oldest
     * outcomes first, then the outcomes. It logs this once.
     */
    @WithDefault("16M")
    MemorySize maxMemory();

    /**
     * The table of {@code dynamodb}. Its partition key is the string {@code id}, and its time-to-live attribute is
     * {@code expiration}.
     */
    @WithDefault("pocketflow")
    String table();

    /**
     * The prefix of the keys of {@code redis}.
     */
    @WithDefault("pocketflow:")
    String prefix();
}
