package dev.pocketflow.quarkus.deployment.handover;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.RemoteFlow;
import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.response.Response;

/** A flow that is not in this application, without a transport. */
class UnknownRemoteTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(Flows.class, SayNode.class);

    static class Flows {
        @Produces
        Flow flow(SayNode say) {
            return Flow.named("here").node("say", say).then("away").node("away", new RemoteFlow("elsewhere")).build();
        }
    }

    @Test
    void runFails_andNamesTheSetting_andCanBeResumed() {
        Response failed = given().config(TestApplication.EXACT).contentType("application/json").body("{}").post("/");

        failed.then().statusCode(500).body("status", equalTo("failed"))
                .body("failure.message", containsString("flow 'elsewhere' is none of this application's [here]"))
                .body("envelope.position.flow", equalTo(List.of("here", "elsewhere")));
        given().contentType("application/json").body(failed.jsonPath().getMap("envelope")).post("/").then().statusCode(404)
                .body("title", equalTo("UNKNOWN_FLOW"));
    }
}
