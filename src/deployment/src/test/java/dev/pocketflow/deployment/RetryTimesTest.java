package dev.pocketflow.deployment;

import java.time.Duration;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import io.quarkus.test.QuarkusUnitTest;

class RetryTimesTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = App.refused(
            "the times of retryLater must be at least 1, was 0",
            Say.class, Flows.class);

    static class Flows {
        @Produces
        Flow bad(Say say) {
            return Flow.named("bad").node("a", say).retryLater(Duration.ofSeconds(1), 0).build();
        }
    }

    @Test
    void start_isRefused_forARetryOfNoTimes() {
        App.started();
    }
}
