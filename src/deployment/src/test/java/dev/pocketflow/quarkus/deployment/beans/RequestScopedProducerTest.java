package dev.pocketflow.quarkus.deployment.beans;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

class RequestScopedProducerTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.refused(
            "node " + Made.class.getName() + " is @RequestScoped: flows are built at static init", Made.class, Flows.class);

    static class Made implements Node<Void, Void> {
    }

    static class Flows {
        @Produces
        @RequestScoped
        @Named("short")
        Made node() {
            return new Made();
        }

        @Produces
        Flow flow(@Named("short") Made node) {
            return Flow.named("flow").node("a", node).build();
        }
    }

    @Test
    void build_isRefused_forRequestScopedNodesOfProducers() {
        TestApplication.started();
    }
}
