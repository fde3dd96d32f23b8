package dev.pocketflow.quarkus.deployment.config;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.FailingFlow;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

/** Limits that stop a run: its time, and in dev and test a value that no hop can carry. */
class RunLimitsTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(FailingFlow.CLASSES)
            .overrideConfigKey("quarkus.pocketflow.timeout", "1S")
            .overrideConfigKey("quarkus.pocketflow.max-steps", "2147483647")
            .overrideConfigKey("quarkus.pocketflow.log.steps", "false");

    @Test
    void run_isStopped_whenItsTimeIsUp() {
        given().contentType("application/json").body("{\"how\":\"loop\"}").post("/").then().statusCode(500)
                .body("failure.type", equalTo("dev.pocketflow.FlowException$Stopped"))
                .body("failure.message",
                        equalTo("flow 'bad', node 'loops': the run stopped here, because the invocation's time "
                                + "is up"))
                .body("path.size()", equalTo(100));
    }

    /** The default of dev and test fails the node that puts a value which no hop can carry. */
    @Test
    void unwritableValue_failsTheNodeThatPutsIt() {
        given().contentType("application/json").body("{\"how\":\"unwritable\"}").post("/").then().statusCode(500)
                .body("failure.node", equalTo("unwritable"))
                .body("failure.message", containsString("post failed"))
                .body("failure.message", containsString("the value of store key 'mute' cannot be written as JSON"))
                .body("failure.message", not(containsString(FailingFlow.SECRET)));
    }
}
