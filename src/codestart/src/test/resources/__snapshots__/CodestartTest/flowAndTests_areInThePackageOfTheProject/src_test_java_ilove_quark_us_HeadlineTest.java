package ilove.quark.us;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class HeadlineTest {

    @Test
    void textIsShortened_wordByWord() {
        given().contentType("application/json").body("{\"text\": \"Durable flows need no server at all\"}").post("/")
                .then().statusCode(200).body("store.text", equalTo("Durable flows need no server"))
                .body("path.node", contains("measure", "shorten", "measure", "shorten", "measure"));
    }

    @Test
    void inputWithoutText_isRefused() {
        given().contentType("application/json").body("{}").post("/").then().statusCode(400)
                .body("errors.pointer", contains("#/text"));
    }
}
