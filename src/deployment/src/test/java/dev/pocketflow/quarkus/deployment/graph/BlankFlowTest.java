package dev.pocketflow.quarkus.deployment.graph;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

class BlankFlowTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.refused(
            "a flow's name must not be blank, was ' '",
            SayNode.class, Flows.class);

    static class Flows {
        @Produces
        Flow bad(SayNode say) {
            return Flow.named(" ").node("a", say).build();
        }
    }

    @Test
    void start_isRefused_forABlankFlowName() {
        TestApplication.started();
    }
}
