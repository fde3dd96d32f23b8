package dev.pocketflow.deployment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** A function that does not bring the AWS SDK. */
class SchedulerModuleTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = App
            .refused("pocketflow.timer=scheduler needs the AWS SDK. Add software.amazon.awssdk:scheduler", Bad.CLASSES)
            .overrideConfigKey("pocketflow.timer", "scheduler")
            .overrideConfigKey("pocketflow.scheduler.role", "arn:aws:iam::123456789012:role/wake")
            .overrideConfigKey("pocketflow.scheduler.target", "arn:aws:lambda:eu-central-1:123456789012:function:bad");

    @Test
    void start_isRefused_withTheModuleToAdd() {
        App.started();
    }
}
