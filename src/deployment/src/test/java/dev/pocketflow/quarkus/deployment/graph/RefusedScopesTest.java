package dev.pocketflow.quarkus.deployment.graph;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

/** An application with every scope that a node or a flow cannot have. The build names each of them. */
class RefusedScopesTest {

    private static final String NODE = ": flows are built at static init, when that scope does not exist, and runs share their "
            + "nodes. Make it @ApplicationScoped, or remove the scope, and keep what belongs to a run in its store";

    /** A client proxy of a flow would not be a flow: its graph would not be built and checked before the first request. */
    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.refused(List.of(
            "node " + OfRequest.class.getName() + " is @RequestScoped" + NODE,
            "node " + OfSession.class.getName() + " is @SessionScoped" + NODE,
            "node " + Made.class.getName() + " is @RequestScoped: flows are built at static init",
            "the flow of " + Flows.class.getName()
                    + ".scoped is @ApplicationScoped: flows are built at static init, and shared "
                    + "as they are. Remove the scope, or make it @Singleton"),
            SayNode.class, OfRequest.class, OfSession.class, Made.class, Flows.class);

    @RequestScoped
    static class OfRequest implements Node<Void, Void> {
    }

    @SessionScoped
    static class OfSession implements Node<Void, Void> {
    }

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
        @Named("nodes")
        Flow nodes(OfRequest request, OfSession session, @Named("short") Made made) {
            return Flow.named("nodes").node("a", request).then("b").node("b", session).then("c").node("c", made).build();
        }

        @Produces
        @ApplicationScoped
        Flow scoped(SayNode say) {
            return Flow.named("scoped").node("a", say).build();
        }
    }

    @Test
    void build_isRefused_forEachScopeThatDoesNotExistAtStaticInit() {
        TestApplication.started();
    }
}
