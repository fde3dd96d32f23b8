package dev.pocketflow.quarkus.deployment.paths;

import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

/** An application whose endpoints claim the function's paths. */
class ClaimedPathTest {

    private static final String WAY_OUT = ", and by the function of PocketFlow. Move the function with "
            + "quarkus.pocketflow.http.path, or switch it off with quarkus.pocketflow.http.enabled=false and start runs by "
            + "dev.pocketflow.quarkus.Flows";

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.refused(
            List.of("POST / is claimed twice: by " + Own.class.getName() + "#post" + WAY_OUT,
                    "GET /flow is claimed twice: by " + Own.class.getName() + "#flow" + WAY_OUT),
            Own.class, SayNode.class, NoHttpTest.Application.class);

    @Path("")
    public static class Own {
        @POST
        public String post() {
            return "mine";
        }

        @GET
        @Path("/flow/")
        public String flow() {
            return "mine";
        }
    }

    @Test
    void start_isRefused() {
        TestApplication.started();
    }
}
