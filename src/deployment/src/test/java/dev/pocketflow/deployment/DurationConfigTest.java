package dev.pocketflow.deployment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class DurationConfigTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = App.refused("pocketflow.timeout", Bad.CLASSES)
            .overrideConfigKey("pocketflow.timeout", "soon");

    @Test
    void start_isRefused_forATimeoutThatIsNoDuration() {
        App.started();
    }
}
