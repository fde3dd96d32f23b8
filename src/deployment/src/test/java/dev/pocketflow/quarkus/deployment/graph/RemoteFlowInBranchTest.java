package dev.pocketflow.quarkus.deployment.graph;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.RemoteFlow;
import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

class RemoteFlowInBranchTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.refused(
            "flow 'bad': node 'away' of flow 'part' is a RemoteFlow, in a part that runs beside others. "
                    + "Run it before or after the parallel parts",
            SayNode.class, Flows.class);

    static class Flows {
        @Produces
        Flow bad(SayNode say) {
            return Flow.branches("bad", Flow.named("part").node("away", new RemoteFlow("elsewhere")).build());
        }
    }

    @Test
    void start_isRefused_forARemoteFlowInABranch() {
        TestApplication.started();
    }
}
