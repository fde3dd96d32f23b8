package dev.pocketflow.quarkus.deployment.graph;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

class UnreachableNodeTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.refused(
            "flow 'bad': no edge leads to [b, c] from the start 'a'. "
                    + "Add an edge with on(action, target) or then(target), or remove the node",
            SayNode.class, Flows.class);

    static class Flows {
        @Produces
        Flow bad(SayNode say) {
            return Flow.named("bad").node("a", say).node("b", say).then("c").node("c", say).build();
        }
    }

    @Test
    void start_isRefused_forAnUnreachableNode() {
        TestApplication.started();
    }
}
