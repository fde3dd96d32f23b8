package dev.pocketflow.deployment;

import java.util.List;
import java.util.Map;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Await;
import dev.pocketflow.Flow;
import io.quarkus.test.QuarkusUnitTest;

class AwaitInIterationsTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = App.refused(
            "flow 'bad': node 'ask' of flow 'bad' is an Await, in a part that runs beside others. "
                    + "Run it before or after the parallel parts",
            Say.class, Flows.class);

    static class Flows {
        @Produces
        Flow bad(Say say) {
            return Flow.named("bad").node("ask", Await.signal("answer")).forEach(store -> List.of(Map.of())).concurrency(2)
                    .build();
        }
    }

    @Test
    void start_isRefused_forAnAwaitInParallelIterations() {
        App.started();
    }
}
