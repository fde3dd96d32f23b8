package dev.pocketflow.deployment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class TimeoutConfigTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = App.refused("pocketflow.timeout must be positive, was PT0S", Bad.CLASSES)
            .overrideConfigKey("pocketflow.timeout", "0s");

    @Test
    void start_isRefused_forATimeoutThatIsNone() {
        App.started();
    }
}
