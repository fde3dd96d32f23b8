package dev.pocketflow.quarkus.deployment.beans;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

class RequestScopedNodeTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.refused("node " + Short.class.getName() + " is @RequestScoped: "
            + "flows are built at static init, when that scope does not exist, and runs share their nodes. "
            + "Make it @ApplicationScoped, or remove the scope, and keep what belongs to a run in its store",
            Short.class, Flows.class);

    @RequestScoped
    static class Short implements Node<Void, Void> {
    }

    static class Flows {
        @Produces
        Flow flow(Short node) {
            return Flow.named("flow").node("a", node).build();
        }
    }

    @Test
    void build_isRefused_forRequestScopedNodes() {
        TestApplication.started();
    }
}
