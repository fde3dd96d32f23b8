package dev.pocketflow.quarkus.deployment.ledger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.FailingFlow;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

class LedgerKeepTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication
            .refused("pocketflow.ledger.keep must be positive, was PT0S", FailingFlow.CLASSES)
            .overrideConfigKey("pocketflow.ledger.keep", "0s").overrideConfigKey("pocketflow.ledger", "none");

    @Test
    void start_isRefused_whereNothingWouldBeKept() {
        TestApplication.started();
    }
}
