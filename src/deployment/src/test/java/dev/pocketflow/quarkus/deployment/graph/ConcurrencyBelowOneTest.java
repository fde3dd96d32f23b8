package dev.pocketflow.quarkus.deployment.graph;

import java.util.List;
import java.util.Map;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

class ConcurrencyBelowOneTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.refused(
            "concurrency must be at least 1, was 0",
            SayNode.class, Flows.class);

    static class Flows {
        @Produces
        Flow bad(SayNode say) {
            return Flow.named("bad").node("a", say).forEach(store -> List.of(Map.of())).concurrency(0).build();
        }
    }

    @Test
    void start_isRefused_forAConcurrencyBelowOne() {
        TestApplication.started();
    }
}
