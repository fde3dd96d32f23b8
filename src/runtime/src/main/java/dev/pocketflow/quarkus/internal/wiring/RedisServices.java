package dev.pocketflow.quarkus.internal.wiring;

import java.time.InstantSource;

import dev.pocketflow.quarkus.config.LedgerConfig;
import dev.pocketflow.quarkus.internal.ledger.Ledger;
import dev.pocketflow.quarkus.internal.ledger.RedisClient;
import dev.pocketflow.quarkus.internal.ledger.RedisLedger;
import io.quarkus.arc.Arc;

/** Quarkus's Redis client, which is optional. As in {@link AwsServices}, no class of it is loaded before its first use here. */
final class RedisServices {

    /** True if the function has the extension that {@link RedisLedger} needs. */
    static final boolean PRESENT = AwsServices.present("io.quarkus.redis.datasource.RedisDataSource");

    private RedisServices() {
    }

    /** @throws IllegalStateException if the function lacks the extension or its configuration; the message names it */
    static Ledger ledger(LedgerConfig config, InstantSource clock) {
        if (PRESENT) {
            return Arc.container().instance(RedisClient.class).get().ledger(config, clock);
        }
        throw new IllegalStateException(
                "quarkus.pocketflow.ledger=redis needs Quarkus's Redis client. Add io.quarkus:quarkus-redis-client to the "
                        + "function's pom");
    }
}
