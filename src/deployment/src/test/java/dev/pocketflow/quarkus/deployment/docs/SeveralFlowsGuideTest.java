package dev.pocketflow.quarkus.deployment.docs;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.Flows;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import dev.pocketflow.quarkus.deployment.docs.GuideFlows.Ship;
import io.quarkus.test.QuarkusUnitTest;

/** The application without PocketFlow's endpoints, of the guide on several flows. */
class SeveralFlowsGuideTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication
            .of(GuideFlows.class, Ship.class, Ship.Line.class, GuideFlows.Letter.class, Shop.class)
            .overrideConfigKey("quarkus.pocketflow.http.enabled", "false");

    @Path("/")
    public static class Shop {
        @Inject
        Flows flows;

        @POST
        public String order(@QueryParam("article") String article, @QueryParam("due") String due) {
            return flows.start("ship", Map.of("lines", List.of(new Ship.Line(article, 1)), "due", due)).run();
        }

        @ServerExceptionMapper
        public Response refused(BadEvent order) {
            return Response.status(order.status()).entity(order.getMessage()).build();
        }
    }

    @Test
    void ownEndpoint_startsRuns_andAnswersRefusals() {
        given().post("/?article=tea&due=2026-12-24").then().statusCode(200);
        given().post("/?article=tea&due=soon").then().statusCode(400)
                .body(equalTo("the input of flow 'ship' is refused: due is "
                        + "a text, where a text of the format date is expected"));
    }
}
