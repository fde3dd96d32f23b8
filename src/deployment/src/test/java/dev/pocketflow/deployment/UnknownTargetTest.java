package dev.pocketflow.deployment;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import io.quarkus.test.QuarkusUnitTest;

class UnknownTargetTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = App.refused(
            "flow 'bad': node 'a': action 'go' leads to 'b', which is no node. The nodes are [a]; correct the target or add the node",
            Say.class, Flows.class);

    static class Flows {
        @Produces
        Flow bad(Say say) {
            return Flow.named("bad").node("a", say).on("go", "b").build();
        }
    }

    @Test
    void start_isRefused_forAnUnknownTarget() {
        App.started();
    }
}
