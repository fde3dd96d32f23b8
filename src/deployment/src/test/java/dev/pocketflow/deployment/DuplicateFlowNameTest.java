package dev.pocketflow.deployment;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.common.annotation.Identifier;

class DuplicateFlowNameTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = App.refused("two flows are named 'same', the second from ", Say.class, Flows.class);

    static class Flows {
        @Produces
        @Identifier("one")
        Flow one(Say say) {
            return Flow.named("same").node("a", say).build();
        }

        @Produces
        @Identifier("two")
        Flow two(Say say) {
            return Flow.named("same").node("b", say).build();
        }
    }

    @Test
    void start_isRefused_forTwoFlowsOfOneName() {
        App.started();
    }
}
