package dev.pocketflow.quarkus.deployment.handover;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.FailingFlow;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

/** In dev and test, without a key, a value that no hop can carry fails the node that puts it. */
class CheckValuesTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(FailingFlow.CLASSES);

    @Test
    void valueThatCannotBeWritten_failsTheNodeThatPutsIt() {
        given().contentType("application/json").body("{\"how\":\"unwritable\"}").post("/").then().statusCode(500)
                .body("failure.node", equalTo("unwritable"))
                .body("failure.message", containsString("post failed"))
                .body("failure.message", containsString("the value of store key 'mute' cannot be written as JSON"))
                .body("failure.message", not(containsString(FailingFlow.SECRET)));
    }
}
