package dev.pocketflow.quarkus.deployment.retry;

import java.time.Duration;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.Wait;
import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

class RetryWithoutExecTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.refused(
            "flow 'bad': retryLater(PT1S, 2) follows 'a', which has no exec. Put it behind a node that has one",
            SayNode.class, Flows.class);

    static class Flows {
        @Produces
        Flow bad(SayNode say) {
            return Flow.named("bad").node("a", Wait.of(Duration.ofMinutes(1))).retryLater(Duration.ofSeconds(1), 2).build();
        }
    }

    @Test
    void start_isRefused_forARetryWithoutExec() {
        TestApplication.started();
    }
}
