package dev.pocketflow.deployment;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.RemoteFlow;
import io.quarkus.test.QuarkusUnitTest;

class RemoteFlowInBranchTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = App.refused(
            "flow 'bad': node 'away' of flow 'part' is a RemoteFlow, in a part that runs beside others. "
                    + "Run it before or after the parallel parts",
            Say.class, Flows.class);

    static class Flows {
        @Produces
        Flow bad(Say say) {
            return Flow.branches("bad", Flow.named("part").node("away", new RemoteFlow("elsewhere")).build());
        }
    }

    @Test
    void start_isRefused_forARemoteFlowInABranch() {
        App.started();
    }
}
