package dev.pocketflow.quarkus.internal.wiring;

import java.time.InstantSource;

import dev.pocketflow.quarkus.config.LedgerConfig;
import dev.pocketflow.quarkus.internal.ledger.Ledger;
import dev.pocketflow.quarkus.internal.ledger.RedisClient;
import dev.pocketflow.quarkus.internal.ledger.RedisLedger;
import io.quarkus.arc.Arc;

/**
 * Quarkus's Redis client, which a function may bring or not. As in {@link AwsServices}, no class of it is loaded before it is
 * asked
 * for here.
 */
final class RedisServices {

    /** Whether the function has what {@link RedisLedger} needs. */
    static final boolean PRESENT = AwsServices.present("io.quarkus.redis.datasource.RedisDataSource");

    private RedisServices() {
    }

    /** @throws IllegalStateException if the function lacks the extension or its configuration, naming what to add */
    static Ledger ledger(LedgerConfig config, InstantSource clock) {
        if (PRESENT) {
            return Arc.container().instance(RedisClient.class).get().ledger(config, clock);
        }
        throw new IllegalStateException(
                "quarkus.pocketflow.ledger=redis needs Quarkus's Redis client. Add io.quarkus:quarkus-redis-client to the "
                        + "function's pom");
    }
}
