package dev.pocketflow.quarkus.deployment.graph;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.common.annotation.Identifier;

/** {@link SeveralFlowsTest} checks the choice of the flow in every build. */
@Tag("full")
class UnknownFlowTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication
            .refused("quarkus.pocketflow.flow=other names no flow; the flows are [inner, outer]",
                    SayNode.class, Flows.class)
            .overrideConfigKey("quarkus.pocketflow.flow", "other");

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
    void start_isRefused_forAnUnknownName() {
        TestApplication.started();
    }
}
