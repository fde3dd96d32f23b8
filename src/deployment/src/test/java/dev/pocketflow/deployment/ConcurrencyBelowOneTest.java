package dev.pocketflow.deployment;

import java.util.List;
import java.util.Map;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import io.quarkus.test.QuarkusUnitTest;

class ConcurrencyBelowOneTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = App.refused(
            "concurrency must be at least 1, was 0",
            Say.class, Flows.class);

    static class Flows {
        @Produces
        Flow bad(Say say) {
            return Flow.named("bad").node("a", say).forEach(store -> List.of(Map.of())).concurrency(0).build();
        }
    }

    @Test
    void start_isRefused_forAConcurrencyBelowOne() {
        App.started();
    }
}
