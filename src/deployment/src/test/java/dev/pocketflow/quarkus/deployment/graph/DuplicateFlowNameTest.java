package dev.pocketflow.quarkus.deployment.graph;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.common.annotation.Identifier;

class DuplicateFlowNameTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.refused("two flows are named 'same', the second from ", SayNode.class,
            Flows.class);

    static class Flows {
        @Produces
        @Identifier("one")
        Flow one(SayNode say) {
            return Flow.named("same").node("a", say).build();
        }

        @Produces
        @Identifier("two")
        Flow two(SayNode say) {
            return Flow.named("same").node("b", say).build();
        }
    }

    @Test
    void start_isRefused_forTwoFlowsOfOneName() {
        TestApplication.started();
    }
}
