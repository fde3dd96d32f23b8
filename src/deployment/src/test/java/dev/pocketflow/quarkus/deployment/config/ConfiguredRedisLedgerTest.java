package dev.pocketflow.quarkus.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.CountingFlow;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;
import redis.embedded.RedisServer;

/** Quarkus makes its own client if the ledger needs it, though the application does not inject one. */
class ConfiguredRedisLedgerTest {

    private static final int PORT = freePort();
    private static RedisServer server;

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(CountingFlow.CLASSES, ConfiguredLedger.class)
            .setForcedDependencies(ConfiguredLedger.REDIS)
            .overrideConfigKey("quarkus.pocketflow.flow", "count").overrideConfigKey("quarkus.pocketflow.ledger", "redis")
            .overrideConfigKey("quarkus.redis.hosts", "redis://127.0.0.1:" + PORT)
            .setBeforeAllCustomizer(ConfiguredRedisLedgerTest::start).setAfterAllCustomizer(ConfiguredRedisLedgerTest::stop);

    @Inject
    ConfiguredLedger ledgers;

    @Test
    void runIsCancelledInRedis() throws Throwable {
        Object ledger = ledgers.ledger();
        assertThat(ledger.getClass().getSimpleName()).isEqualTo("RedisLedger");

        assertThat(ledgers.cancelled(ledger, "run")).isFalse();
        ledgers.cancel(ledger, "run");
        assertThat(ledgers.cancelled(ledgers.ledger(), "run")).isTrue();
    }

    private static void start() {
        try {
            server = RedisServer.newRedisServer().port(PORT).bind("127.0.0.1").setting("save \"\"").build();
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
