package dev.pocketflow.quarkus.deployment.graph;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

/** An application with a graph that breaks a rule. {@link GraphRulesTest} has all rules. */
class RefusedGraphTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.refused(
            "flow 'bad': node 'a': action 'go' leads to 'b', which is no node. The nodes are [a]; correct the target or add the node",
            SayNode.class, Flows.class);

    static class Flows {
        @Produces
        Flow bad(SayNode say) {
            return Flow.named("bad").node("a", say).on("go", "b").build();
        }
    }

    @Test
    void start_isRefused_forAGraphThatBreaksARule() {
        TestApplication.started();
    }
}
