package dev.pocketflow.deployment;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import io.quarkus.test.QuarkusUnitTest;

class ActionBeforeNodeTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = App.refused(
            "flow 'bad': action 'go' is declared before any node. Add its node(...) first",
            Say.class, Flows.class);

    static class Flows {
        @Produces
        Flow bad(Say say) {
            return Flow.named("bad").on("go", "a").node("a", say).build();
        }
    }

    @Test
    void start_isRefused_forAnActionBeforeAnyNode() {
        App.started();
    }
}
