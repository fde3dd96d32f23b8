package dev.pocketflow.deployment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class ExpiryWithoutLedgerTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = App
            .refused("flow 'ask', node 'approval': signal 'approved' expires, and without a ledger "
                    + "nothing would tell the timer that it came. Set pocketflow.ledger, or remove expires(...)", Ask.CLASSES)
            .overrideConfigKey("pocketflow.ledger", "none");

    @Test
    void isRefusedWhenItStarts() {
        App.started();
    }
}
