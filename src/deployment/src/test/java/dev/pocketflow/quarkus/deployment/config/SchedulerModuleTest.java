package dev.pocketflow.quarkus.deployment.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.FailingFlow;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

/** A function without the AWS SDK. */
class SchedulerModuleTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication
            .refused("quarkus.pocketflow.timer=scheduler needs the AWS SDK. Add software.amazon.awssdk:scheduler",
                    FailingFlow.CLASSES)
            .overrideConfigKey("quarkus.pocketflow.timer", "scheduler")
            .overrideConfigKey("quarkus.pocketflow.scheduler.role", "arn:aws:iam::123456789012:role/wake")
            .overrideConfigKey("quarkus.pocketflow.scheduler.target", "arn:aws:lambda:eu-central-1:123456789012:function:bad");

    @Test
    void start_isRefused_withTheModuleToAdd() {
        TestApplication.started();
    }
}
