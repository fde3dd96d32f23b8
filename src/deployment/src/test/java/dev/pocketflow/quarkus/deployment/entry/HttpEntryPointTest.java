package dev.pocketflow.quarkus.deployment.entry;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

class HttpEntryPointTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(Hello.class, Flows.class);

    static class Hello implements Node<String, String> {
        static final Key<String> NAME = Key.of("name", String.class);

        @Override
        public String prep(Store shared) {
            return shared.get(NAME);
        }

        @Override
        public String exec(String name) {
            return "Hello " + name;
        }

        @Override
        public String post(Store shared, String name, String greeting) {
            shared.put("greeting", greeting);
            return "done";
        }
    }

    static class Flows {
        @Produces
        Flow hello(Hello hello) {
            return Flow.named("hello").node("hello", hello).ends("done").build();
        }
    }

    @Test
    void outcome_isAnswered_forAJsonObject() {
        given().contentType("application/json").body("{\"name\":\"Ada\"}").post("/").then().statusCode(200)
                .contentType("application/json").body("status", equalTo("completed")).body("action", equalTo("done"))
                .body("store.greeting", equalTo("Hello Ada")).body("path[0].node", equalTo("hello"))
                .body("path[0].attempts", equalTo(1));
    }

    @Test
    void steps_areStreamed_whenAskedFor() {
        String events = given().contentType("application/json").accept("text/event-stream").body("{\"name\":\"Ada\"}").post("/")
                .then()
                .statusCode(200).contentType(containsString("text/event-stream")).extract().asString();
        assertThat(events).containsSubsequence("event:started", "event:finished", "event:outcome", "\"status\":\"completed\"");
    }

    @Test
    void problem_isAnswered_forInvalidJson() {
        given().contentType("application/json").body("{\"name\":").post("/").then().statusCode(400)
                .contentType("application/problem+json").body("detail", containsString("not valid JSON"));
        given().contentType("application/json").accept("text/event-stream").body("{\"name\":").post("/").then().statusCode(400)
                .contentType("application/problem+json").body("detail", containsString("not valid JSON"));
    }

    @Test
    void problem_isAnswered_forAMissingKey() {
        given().contentType("application/json").body("{}").post("/").then().statusCode(400)
                .contentType("application/problem+json")
                .body("detail",
                        equalTo("the input has no key 'name': flow 'hello', node 'hello' reads it, and no earlier step puts "
                                + "it. Send it"));
        String events = given().contentType("application/json").accept("text/event-stream").body("{}").post("/").then()
                .statusCode(200).extract().asString();
        assertThat(events).contains("event:outcome", "\"status\":400", "the input has no key 'name'");
    }

    @Test
    void graph_isAnswered() {
        given().get("/flow").then().statusCode(200).body("start", equalTo("hello"));
        given().accept("text/vnd.mermaid").get("/flow").then().statusCode(200);
    }
}
