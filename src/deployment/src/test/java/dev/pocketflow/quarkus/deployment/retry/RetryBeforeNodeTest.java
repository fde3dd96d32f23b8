package dev.pocketflow.quarkus.deployment.retry;

import java.time.Duration;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

class RetryBeforeNodeTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.refused(
            "flow 'bad': retryLater(PT1S, 2) follows no node. Put it behind a node that has one",
            SayNode.class, Flows.class);

    static class Flows {
        @Produces
        Flow bad(SayNode say) {
            return Flow.named("bad").retryLater(Duration.ofSeconds(1), 2).node("a", say).build();
        }
    }

    @Test
    void start_isRefused_forARetryBeforeAnyNode() {
        TestApplication.started();
    }
}
