package dev.pocketflow.quarkus.deployment.graph;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.common.annotation.Identifier;

class SeveralFlowsTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.refused("there are several flows: [inner, outer]. Set "
            + "quarkus.pocketflow.flow=<name> to the flow that this function serves. The others are nested in it, started by "
            + "Flows, or served with quarkus.pocketflow.http.flows=all",
            SayNode.class, Flows.class);

    static class Flows {
        @Produces
        Flow outer(@Identifier("inner") Flow inner) {
            return Flow.named("outer").node("inner", inner).build();
        }

        @Produces
        @Identifier("inner")
        Flow inner(SayNode say) {
            return Flow.named("inner").node("a", say).build();
        }
    }

    @Test
    void start_isRefused_forSeveralFlowsAndNoChoice() {
        TestApplication.started();
    }
}
