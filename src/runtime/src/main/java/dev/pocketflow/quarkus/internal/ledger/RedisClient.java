package dev.pocketflow.quarkus.internal.ledger;

import java.time.Duration;
import java.time.InstantSource;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import dev.pocketflow.quarkus.config.LedgerConfig;
import io.quarkus.arc.InjectableInstance;
import io.vertx.redis.client.Redis;

/** Makes Quarkus create its Redis client: Quarkus does so if a bean may inject it. */
@Singleton
public class RedisClient {

    private final InjectableInstance<Redis> client;
    private final Duration timeout;
    private final int connections;

    RedisClient(InjectableInstance<Redis> client, @ConfigProperty(name = "quarkus.redis.timeout") Duration timeout,
            @ConfigProperty(name = "quarkus.redis.max-pool-size") int connections) {
        this.client = client;
        this.timeout = timeout;
        this.connections = connections;
    }

    public Ledger ledger(LedgerConfig config, InstantSource clock) {
        if (!client.getHandle().getBean().isActive()) {
            throw new IllegalStateException("quarkus.pocketflow.ledger=redis needs a Redis. Set quarkus.redis.hosts");
        }
        return new RedisLedger(new RedisCalls(client.get(), timeout, connections), config, clock);
    }
}
