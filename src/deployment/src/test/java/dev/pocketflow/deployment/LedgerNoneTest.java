package dev.pocketflow.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class LedgerNoneTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = App.of(Count.CLASSES)
            .withApplicationRoot(jar -> jar.addClasses(Count.CLASSES).addClasses(App.class, Ledgers.class))
            .overrideConfigKey("pocketflow.flow", "count").overrideConfigKey("pocketflow.ledger", "none");

    @Inject
    Ledgers ledgers;

    @Test
    void thereIsNoLedger_whereNoneIsWanted() throws Throwable {
        assertThat(ledgers.ledger()).isNull();
    }
}
