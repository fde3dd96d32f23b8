package dev.pocketflow.quarkus.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.CountingFlow;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

/** A function may have Quarkus's Redis client without using it. */
@Tag("full") // LocalDefaultsTest has the message for a missing client in every build
class RedisNotConfiguredTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(CountingFlow.CLASSES, ConfiguredLedger.class)
            .setForcedDependencies(ConfiguredLedger.REDIS)
            .overrideConfigKey("quarkus.pocketflow.flow", "count")
            .overrideConfigKey("quarkus.redis.devservices.enabled", "false");

    @Inject
    ConfiguredLedger ledgers;

    @Test
    void applicationStarts_andTheLedgerNamesTheSetting() throws Throwable {
        assertThat(ledgers.ledger().getClass().getSimpleName()).isEqualTo("MemoryLedger");
        assertThatThrownBy(ledgers::redis).isInstanceOf(IllegalStateException.class)
                .hasMessage("quarkus.pocketflow.ledger=redis needs a Redis. Set quarkus.redis.hosts");
    }
}
