package dev.pocketflow.quarkus.deployment.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.FailingFlow;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

class ParkWithoutDirectoryTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.refused(
            "pocketflow.park is directory, and pocketflow.park.directory is not set: say where failed runs are to be kept",
            FailingFlow.CLASSES).overrideConfigKey("pocketflow.park", "directory");

    @Test
    void start_isRefused_withoutThePlaceForFailedRuns() {
        TestApplication.started();
    }
}
