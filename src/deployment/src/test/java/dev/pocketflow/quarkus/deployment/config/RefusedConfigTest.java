package dev.pocketflow.quarkus.deployment.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.FailingFlow;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

/** An application with a setting that breaks a rule. The tests of the validator, in the runtime module, have all rules. */
class RefusedConfigTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication
            .refused("quarkus.pocketflow.max-steps must be at least 1, was 0", FailingFlow.CLASSES)
            .overrideConfigKey("quarkus.pocketflow.max-steps", "0");

    @Test
    void start_isRefused_forALimitThatAllowsNoStep() {
        TestApplication.started();
    }
}
