package dev.pocketflow.quarkus.deployment.handover;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.CountingFlow;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

/** In dev and test, the hops of a run follow each other in one process, through sealed envelopes all the same. */
class LocalHandOverTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(CountingFlow.CLASSES).overrideConfigKey("pocketflow.flow", "count")
            .overrideConfigKey("pocketflow.budget.steps", "1").overrideConfigKey("pocketflow.round-trip", "every-step");

    @Test
    void run_isAnsweredWhenItsLastHopEnds() {
        given().contentType("application/json").body("{\"n\":0,\"target\":300,\"password\":\"hunter2\"}").post("/").then()
                .statusCode(200).body("status", equalTo("completed")).body("store.n", equalTo(300))
                .body("store.preps", equalTo(1)).body("store.end.told", equalTo(9));
    }
}
