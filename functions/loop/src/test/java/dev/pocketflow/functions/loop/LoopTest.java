package dev.pocketflow.functions.loop;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class LoopTest {

    @Test
    void countIsReached_andThePathHasItsLastHundredSteps() {
        given().contentType("application/json").body("{\"until\":1000}").post("/").then().statusCode(200)
                .body("store.count", equalTo(1000)).body("action", equalTo("done")).body("path", hasSize(100));
    }

    @Test
    void runThatRests_isHandedOver_untilItsTimerFires() {
        given().contentType("application/json").body("{\"until\":3,\"rest\":\"night\"}").post("/").then().statusCode(202)
                .body("status", equalTo("handed-over")).body("until", containsString("T"));
    }
}
