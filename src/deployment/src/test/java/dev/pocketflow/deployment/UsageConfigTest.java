package dev.pocketflow.deployment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class UsageConfigTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = App.refused("pocketflow.budget.usage.input-tokens must be more than 0, was 0.0",
            Bad.CLASSES).overrideConfigKey("pocketflow.budget.usage.input-tokens", "0");

    @Test
    void start_isRefused_forALimitThatAllowsNothing() {
        App.started();
    }
}
