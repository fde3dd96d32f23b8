package dev.pocketflow.quarkus.deployment.handover;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.CountingFlow;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.response.Response;

/** A store that exceeds the limit of the transport, without a claim check. */
class TooLargeTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(CountingFlow.CLASSES)
            .overrideConfigKey("quarkus.pocketflow.flow", "count")
            .overrideConfigKey("quarkus.pocketflow.hand-over", "caller")
            .overrideConfigKey("quarkus.pocketflow.remote.other", "nested")
            .overrideConfigKey("quarkus.pocketflow.budget.steps", "1")
            .overrideConfigKey("quarkus.pocketflow.envelope.limit", "1500")
            .overrideConfigKey("quarkus.pocketflow.budget.hops", "2");

    private static Response send(Object body) {
        return given().config(TestApplication.EXACT).contentType("application/json").body(body).post("/");
    }

    @Test
    void runFails_andNamesTheKeys_andTheAnswerHasTheEnvelope() {
        Response failed = send("{\"n\":0,\"target\":1,\"password\":\"hunter2\",\"text\":\"" + "x".repeat(3000) + "\"}");

        failed.then().statusCode(500).body("status", equalTo("failed"))
                .body("failure.message", containsString("'text' (3002 bytes)"))
                .body("failure.message", containsString("quarkus.pocketflow.claim-check"))
                .body("envelope.hop", equalTo(0)).body("envelope.position[0].node", equalTo("squares"));
        // resumes behind the finished step, and is still as large
        send(failed.path("envelope")).then().statusCode(500)
                .body("envelope.hop", equalTo(0)).body("store.n", equalTo(1)).body("store.password", equalTo(null))
                .body(not(containsString("hunter2")));
    }

    @Test
    void runStaysAtItsLastHop_afterTheLimitOfHops() {
        Response answer = send("{\"n\":0,\"target\":9,\"password\":\"hunter2\"}");
        for (int hop = 1; hop < 3; hop++) {
            answer.then().statusCode(202).body("hop", equalTo(hop));
            answer = send(answer.path("envelope"));
        }
        answer.then().statusCode(500).body("failure.message", containsString("has made its 2 hops"))
                .body("failure.message", containsString("quarkus.pocketflow.budget.hops")).body("failure.node", equalTo("up"));
        answer.then().body("envelope.hop", equalTo(2));
        send(answer.path("envelope")).then().statusCode(500).body("failure.message", containsString("has made its 2 hops"));
    }
}
