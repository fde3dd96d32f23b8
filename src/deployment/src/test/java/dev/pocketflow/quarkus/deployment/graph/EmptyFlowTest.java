package dev.pocketflow.quarkus.deployment.graph;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

class EmptyFlowTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.refused(
            "flow 'bad': it has no nodes. Add one with node(name, step)",
            SayNode.class, Flows.class);

    static class Flows {
        @Produces
        Flow bad(SayNode say) {
            return Flow.named("bad").build();
        }
    }

    @Test
    void start_isRefused_forAnEmptyFlow() {
        TestApplication.started();
    }
}
