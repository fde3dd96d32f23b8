package dev.pocketflow.quarkus.deployment.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.FailingFlow;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

/** A schedule needs a role. */
class SchedulerRoleTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication
            .refused("pocketflow.timer is scheduler, and pocketflow.scheduler.role is not set", FailingFlow.CLASSES)
            .overrideConfigKey("pocketflow.timer", "scheduler");

    @Test
    void start_isRefused_whereNothingMayInvokeTheFunction() {
        TestApplication.started();
    }
}
