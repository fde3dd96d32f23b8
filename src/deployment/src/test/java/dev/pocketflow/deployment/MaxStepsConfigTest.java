package dev.pocketflow.deployment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class MaxStepsConfigTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = App.refused("pocketflow.max-steps must be at least 1, was 0", Bad.CLASSES)
            .overrideConfigKey("pocketflow.max-steps", "0");

    @Test
    void start_isRefused_forALimitThatAllowsNoStep() {
        App.started();
    }
}
