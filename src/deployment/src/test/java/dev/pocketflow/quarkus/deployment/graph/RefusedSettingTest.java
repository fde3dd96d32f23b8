package dev.pocketflow.quarkus.deployment.graph;

import java.time.Duration;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

/** {@link RuntimeInitNodeTest} has the same message around another failure in every build. */
@Tag("full")
class RefusedSettingTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.refused(
            "cannot be built at static init: the delay of retryLater must last longer than zero, was PT0S. If",
            SayNode.class, Flows.class);

    static class Flows {
        @Produces
        Flow bad(SayNode say) {
            return Flow.named("bad").node("a", say).retryLater(Duration.ZERO, 2).build();
        }
    }

    @Test
    void start_isRefused_andNamesTheProducer_whenASettingIsInvalid() {
        TestApplication.started();
    }
}
