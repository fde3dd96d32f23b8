package dev.pocketflow.functions.tools;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(UnreachableServerTest.Unreachable.class)
class UnreachableServerTest {

    /** Nothing listens at this port. */
    public static class Unreachable implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("tools.url", "http://localhost:1", "quarkus.fault-tolerance.global.retry.delay", "1",
                    "quarkus.fault-tolerance.global.retry.jitter", "0");
        }
    }

    @Test
    void runFails_andCanBeResumed_whenTheServerIsDown() {
        given().contentType("application/json").body("{\"task\": \"What does tea cost?\"}").post("/").then().statusCode(500)
                .body("failure.node", equalTo("list")).body("envelope.flow", equalTo("tools"));
    }
}
