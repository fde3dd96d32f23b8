package dev.pocketflow.quarkus.deployment.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.CountingFlow;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

class LedgerNoneTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(CountingFlow.CLASSES)
            .withApplicationRoot(
                    jar -> jar.addClasses(CountingFlow.CLASSES).addClasses(TestApplication.class, ConfiguredLedger.class))
            .overrideConfigKey("pocketflow.flow", "count").overrideConfigKey("pocketflow.ledger", "none");

    @Inject
    ConfiguredLedger ledgers;

    @Test
    void thereIsNoLedger_whereNoneIsWanted() throws Throwable {
        assertThat(ledgers.ledger()).isNull();
    }
}
