package dev.pocketflow.quarkus.deployment.graph;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

/** A node class with a misspelt method. The client proxy of the bean overrides all phases, and must not hide that. */
class RefusedNodeTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.refused(
            "flow 'bad': node 'a': " + Misspelt.class.getName() + " overrides none of prep, exec and post",
            Misspelt.class, Flows.class);

    static class Misspelt implements Node<Void, Void> {
        public Void execute(Void prepared) {
            return prepared;
        }
    }

    static class Flows {
        @Produces
        Flow bad(Misspelt node) {
            return Flow.named("bad").node("a", node).build();
        }
    }

    @Test
    void start_isRefused_forANodeThatOverridesNoPhase() {
        TestApplication.started();
    }
}
