package dev.pocketflow.functions.hello;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class HelloTest {

    @Test
    void questionIsAnswered_byOneCall() {
        given().contentType("application/json").body("{\"question\": \"What is a flow?\"}").post("/")
                .then().statusCode(200).body("status", equalTo("completed"))
                .body("store.answer", startsWith("You asked “What is a flow?”")).body("path.node", contains("answer"));
    }
}
