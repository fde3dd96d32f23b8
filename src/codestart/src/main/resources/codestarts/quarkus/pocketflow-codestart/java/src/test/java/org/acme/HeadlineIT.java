package org.acme;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The package or the native executable, in production mode: the answer has no path. */
@QuarkusIntegrationTest
class HeadlineIT {

    @Test
    void textIsShortened() {
        given().contentType("application/json").body("{\"text\": \"Durable flows need no server at all\"}").post("/")
                .then().statusCode(200).body("store.text", equalTo("Durable flows need no server"));
    }
}
