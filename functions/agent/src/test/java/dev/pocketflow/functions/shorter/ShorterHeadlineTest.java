package dev.pocketflow.functions.shorter;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(ShorterHeadlineTest.Page.class)
class ShorterHeadlineTest {

    /** Settings that an application with one flow does not need. */
    public static class Page implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("docs.shorter", "true", "quarkus.pocketflow.flow", "headline",
                    "quarkus.pocketflow.devservices.model-script", "shorter-script.yaml");
        }
    }

    @Test
    void modelShortensTheText_untilItIsShortEnough() {
        given().contentType("application/json").body("{\"text\": \"Durable flows need no server at all\"}").post("/")
                .then().statusCode(200).body("store.text", equalTo("Flows without a server"))
                .body("path.node", contains("measure", "shorten", "measure", "shorten", "measure"));
    }

    @Test
    void loopEnds_whenTheModelShortensNothing() {
        given().contentType("application/json").body("{\"text\": \"Repeat this text of more than thirty characters\"}")
                .post("/")
                .then().statusCode(200).body("action", equalTo("short")).body("path", hasSize(7));
    }
}
