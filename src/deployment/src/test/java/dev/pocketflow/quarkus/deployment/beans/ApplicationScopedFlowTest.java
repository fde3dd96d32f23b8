package dev.pocketflow.quarkus.deployment.beans;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

/** A client proxy of a flow would be no flow: its graph would not be built, nor checked, before the first request. */
class ApplicationScopedFlowTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.refused(
            "the flow of " + Flows.class.getName() + ".scoped is @ApplicationScoped: "
                    + "flows are built at static init, and shared as they are. Remove the scope, or make it @Singleton",
            SayNode.class, Flows.class);

    static class Flows {
        @Produces
        @ApplicationScoped
        Flow scoped(SayNode say) {
            return Flow.named("scoped").node("a", say).build();
        }
    }

    @Test
    void build_isRefused_forAFlowThatNeedsAProxy() {
        TestApplication.started();
    }
}
