package dev.pocketflow.deployment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class LedgerKeepTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = App.refused("pocketflow.ledger.keep must be positive, was PT0S", Bad.CLASSES)
            .overrideConfigKey("pocketflow.ledger.keep", "0s").overrideConfigKey("pocketflow.ledger", "none");

    @Test
    void start_isRefused_whereNothingWouldBeKept() {
        App.started();
    }
}
