package dev.pocketflow.deployment;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import io.quarkus.test.QuarkusUnitTest;

class BlankNodeTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = App.refused(
            "flow 'bad': a node's name is blank. Give every node a name",
            Say.class, Flows.class);

    static class Flows {
        @Produces
        Flow bad(Say say) {
            return Flow.named("bad").node(" ", say).build();
        }
    }

    @Test
    void start_isRefused_forABlankNodeName() {
        App.started();
    }
}
