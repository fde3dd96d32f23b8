package dev.pocketflow.deployment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import io.quarkus.test.QuarkusUnitTest;

/** A client proxy of a flow would be no flow: its graph would not be built, nor checked, before the first request. */
class ApplicationScopedFlowTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = App.refused("the flow of " + Flows.class.getName() + ".scoped is @ApplicationScoped: "
            + "flows are built at static init, and shared as they are. Remove the scope, or make it @Singleton",
            Say.class, Flows.class);

    static class Flows {
        @Produces
        @ApplicationScoped
        Flow scoped(Say say) {
            return Flow.named("scoped").node("a", say).build();
        }
    }

    @Test
    void build_isRefused_forAFlowThatNeedsAProxy() {
        App.started();
    }
}
