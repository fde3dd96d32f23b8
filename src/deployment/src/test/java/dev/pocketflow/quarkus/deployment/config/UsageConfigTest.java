package dev.pocketflow.quarkus.deployment.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.FailingFlow;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

class UsageConfigTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication
            .refused("pocketflow.budget.usage.input-tokens must be more than 0, was 0.0",
                    FailingFlow.CLASSES)
            .overrideConfigKey("pocketflow.budget.usage.input-tokens", "0");

    @Test
    void start_isRefused_forALimitThatAllowsNothing() {
        TestApplication.started();
    }
}
