package dev.pocketflow.quarkus.deployment.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.LedgerConfig.Kind;
import dev.pocketflow.quarkus.PocketFlowConfig;
import dev.pocketflow.quarkus.deployment.app.CountingFlow;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

/** A function that brings neither the AWS SDK nor Quarkus's Redis client. */
class LedgerConfigTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(CountingFlow.CLASSES)
            .withApplicationRoot(
                    jar -> jar.addClasses(CountingFlow.CLASSES).addClasses(TestApplication.class, ConfiguredLedger.class))
            .overrideConfigKey("pocketflow.flow", "count").overrideConfigKey("pocketflow.ledger.keep", "2h")
            .overrideConfigKey("pocketflow.ledger.table", "hops").overrideConfigKey("pocketflow.ledger.prefix", "mine:");

    @Inject
    PocketFlowConfig config;
    @Inject
    ConfiguredLedger ledgers;

    @Test
    void ledgerIsInMemory_inTests() throws Throwable {
        assertThat(config.ledger().kind()).contains(Kind.MEMORY);
        assertThat(ledgers.ledger().getClass().getSimpleName()).isEqualTo("MemoryLedger");
    }

    @Test
    void othersAreAsConfigured() {
        assertThat(config.ledger().keep()).isEqualTo(Duration.ofHours(2));
        assertThat(config.ledger().table()).isEqualTo("hops");
        assertThat(config.ledger().prefix()).isEqualTo("mine:");
    }

    @Test
    void failureSaysWhatToAdd_whereTheClientIsMissing() {
        assertThatThrownBy(ledgers::redis).isInstanceOf(IllegalStateException.class).hasMessage("pocketflow.ledger=redis needs "
                + "Quarkus's Redis client. Add io.quarkus:quarkus-redis-client to the function's pom");
    }
}
