package dev.pocketflow.deployment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** A schedule needs a role. */
class SchedulerRoleTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = App
            .refused("pocketflow.timer is scheduler, and pocketflow.scheduler.role is not set", Bad.CLASSES)
            .overrideConfigKey("pocketflow.timer", "scheduler");

    @Test
    void start_isRefused_whereNothingMayInvokeTheFunction() {
        App.started();
    }
}
