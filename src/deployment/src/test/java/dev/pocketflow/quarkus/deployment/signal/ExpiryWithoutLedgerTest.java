package dev.pocketflow.quarkus.deployment.signal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.TestApplication;
import dev.pocketflow.quarkus.deployment.app.WaitingFlow;
import io.quarkus.test.QuarkusUnitTest;

class ExpiryWithoutLedgerTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication
            .refused("flow 'ask', node 'approval': signal 'approved' expires, and without a ledger the timer would resume the "
                    + "run a second time after the signal. Set quarkus.pocketflow.ledger, or remove expires(...)",
                    WaitingFlow.CLASSES)
            .overrideConfigKey("quarkus.pocketflow.ledger", "none");

    @Test
    void start_isRefused_forASignalThatExpiresWithoutALedger() {
        TestApplication.started();
    }
}
