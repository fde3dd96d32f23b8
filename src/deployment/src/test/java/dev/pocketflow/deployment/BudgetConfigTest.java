package dev.pocketflow.deployment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class BudgetConfigTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = App.refused("pocketflow.budget.hops must be at least 1, was 0", Bad.CLASSES)
            .overrideConfigKey("pocketflow.budget.hops", "0");

    @Test
    void start_isRefused_forABudgetThatIsNone() {
        App.started();
    }
}
