package dev.pocketflow.quarkus.deployment.retry;

import java.time.Duration;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

class RetryTimesTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.refused(
            "the times of retryLater must be at least 1, was 0",
            SayNode.class, Flows.class);

    static class Flows {
        @Produces
        Flow bad(SayNode say) {
            return Flow.named("bad").node("a", say).retryLater(Duration.ofSeconds(1), 0).build();
        }
    }

    @Test
    void start_isRefused_forARetryOfNoTimes() {
        TestApplication.started();
    }
}
