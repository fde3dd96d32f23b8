package dev.pocketflow.quarkus.deployment.entry;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.FailingFlow;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

class TimeoutTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(FailingFlow.CLASSES)
            .overrideConfigKey("pocketflow.timeout", "1S")
            .overrideConfigKey("pocketflow.max-steps", "2147483647")
            .overrideConfigKey("pocketflow.log.steps", "false");

    @Test
    void run_isStopped_whenItsTimeIsUp() {
        given().contentType("application/json").body("{\"how\":\"loop\"}").post("/").then().statusCode(500)
                .body("failure.type", equalTo("dev.pocketflow.FlowException$Stopped"))
                .body("failure.message",
                        equalTo("flow 'bad', node 'loops': the run stopped here, because the invocation's time "
                                + "is up"))
                .body("path.size()", equalTo(100));
    }
}
