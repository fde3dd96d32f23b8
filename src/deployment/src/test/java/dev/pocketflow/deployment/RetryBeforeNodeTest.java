package dev.pocketflow.deployment;

import java.time.Duration;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import io.quarkus.test.QuarkusUnitTest;

class RetryBeforeNodeTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = App.refused(
            "flow 'bad': retryLater(PT1S, 2) follows no node. Put it behind a node that has one",
            Say.class, Flows.class);

    static class Flows {
        @Produces
        Flow bad(Say say) {
            return Flow.named("bad").retryLater(Duration.ofSeconds(1), 2).node("a", say).build();
        }
    }

    @Test
    void start_isRefused_forARetryBeforeAnyNode() {
        App.started();
    }
}
