package dev.pocketflow.deployment;

import java.time.Duration;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import io.quarkus.test.QuarkusUnitTest;

class RetryDelayTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = App.refused(
            "cannot be built at static init: the delay of retryLater must last longer than zero, was PT0S. If",
            Say.class, Flows.class);

    static class Flows {
        @Produces
        Flow bad(Say say) {
            return Flow.named("bad").node("a", say).retryLater(Duration.ZERO, 2).build();
        }
    }

    @Test
    void start_isRefused_forARetryWithoutDelay() {
        App.started();
    }
}
