package dev.pocketflow.quarkus.deployment.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.FailingFlow;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

class DurationConfigTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.refused("pocketflow.timeout", FailingFlow.CLASSES)
            .overrideConfigKey("pocketflow.timeout", "soon");

    @Test
    void start_isRefused_forATimeoutThatIsNoDuration() {
        TestApplication.started();
    }
}
