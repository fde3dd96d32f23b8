package dev.pocketflow.quarkus.deployment.mcp;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

/** A flow whose name is no name of a tool. */
class RefusedToolTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication
            .refused(
                    "flow 'größer als' cannot be an MCP tool: the name of a tool has 1 to 128 characters, each a letter of A to Z, "
                            + "a digit, or one of _ - . Rename the flow, or set quarkus.pocketflow.mcp.enabled=false",
                    Application.class,
                    RawClient.class)
            .setForcedDependencies(RawClient.SERVER);

    static class Application {
        @Produces
        Flow flow() {
            return Flow.named("größer als").takes().node("end", Node.route(store -> null)).build();
        }
    }

    @Test
    void start_isRefused() {
        TestApplication.started();
    }
}
