package dev.pocketflow.quarkus.deployment.graph;

import java.util.List;
import java.util.Map;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Await;
import dev.pocketflow.Flow;
import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

class AwaitInIterationsTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.refused(
            "flow 'bad': node 'ask' of flow 'bad' is an Await, in a part that runs beside others. "
                    + "Run it before or after the parallel parts",
            SayNode.class, Flows.class);

    static class Flows {
        @Produces
        Flow bad(SayNode say) {
            return Flow.named("bad").node("ask", Await.signal("answer")).forEach(store -> List.of(Map.of())).concurrency(2)
                    .build();
        }
    }

    @Test
    void start_isRefused_forAnAwaitInParallelIterations() {
        TestApplication.started();
    }
}
