package dev.pocketflow.deployment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class ParkConfigTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = App.refused(
            "pocketflow.park is directory, and pocketflow.park.directory is not set: say where failed runs are to be kept",
            Bad.CLASSES).overrideConfigKey("pocketflow.park", "directory");

    @Test
    void start_isRefused_withoutThePlaceForFailedRuns() {
        App.started();
    }
}
