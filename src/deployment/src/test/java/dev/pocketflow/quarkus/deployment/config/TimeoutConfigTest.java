package dev.pocketflow.quarkus.deployment.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.FailingFlow;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

class TimeoutConfigTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication
            .refused("pocketflow.timeout must be positive, was PT0S", FailingFlow.CLASSES)
            .overrideConfigKey("pocketflow.timeout", "0s");

    @Test
    void start_isRefused_forATimeoutThatIsNone() {
        TestApplication.started();
    }
}
