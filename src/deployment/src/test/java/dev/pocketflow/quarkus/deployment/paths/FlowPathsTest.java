package dev.pocketflow.quarkus.deployment.paths;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import java.util.List;
import java.util.Map;

import jakarta.enterprise.inject.Produces;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.RemoteFlow;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.response.ValidatableResponse;

/** An application with a {@code POST /} of its own, and flows below another path. */
class FlowPathsTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(Own.class, Application.class)
            .overrideConfigKey("quarkus.pocketflow.flow", "louder").overrideConfigKey("quarkus.pocketflow.http.path", "/ai/")
            .overrideConfigKey("quarkus.pocketflow.http.flows", "all")
            .overrideConfigKey("quarkus.pocketflow.hand-over", "caller");

    static final Key<String> TEXT = Key.of("text", String.class);

    @Path("/")
    public static class Own {
        @POST
        public String post() {
            return "mine";
        }

        @GET
        @Path("flow")
        public String flow() {
            return "my flow";
        }
    }

    static class Application {
        @Produces
        Flow louder() {
            return Flow.named("louder").takes(TEXT).gives(TEXT).node("louder", Node.of(TEXT, text -> text + "!", TEXT))
                    .build();
        }

        @Produces
        Flow softer() {
            return Flow.named("so fter").takes(TEXT).gives(TEXT)
                    .node("softer", Node.of(TEXT, text -> text + "...", TEXT)).then("far")
                    .node("far", new RemoteFlow("far")).build();
        }

        @Produces
        Flow far() {
            return Flow.named("far").node("far", Node.route(store -> null)).build();
        }
    }

    private static ValidatableResponse post(String path, String body) {
        return given().contentType("application/json").body(body).post(path).then();
    }

    @Test
    void ownEndpoints_keepTheirPaths() {
        given().contentType("text/plain").post("/").then().statusCode(200).body(equalTo("mine"));
        get("/flow").then().statusCode(200).body(equalTo("my flow"));
    }

    @Test
    void function_isAtItsPath() {
        post("/ai", "{\"text\":\"a\"}").statusCode(200).body("store.text", equalTo("a!"));
        get("/ai/flow").then().statusCode(200).body("name", equalTo("louder"));
        given().accept("text/vnd.mermaid").get("/ai/flow").then().statusCode(200).body(startsWith("flowchart TD"));
    }

    @Test
    void everyFlow_isAtItsName() {
        post("/ai/flows/louder", "{\"text\":\"a\"}").statusCode(200).body("store.text", equalTo("a!"));
        post("/ai/flows/so fter", "{\"text\":\"a\"}").statusCode(202).body("flow", equalTo("far"));
        given().contentType("application/json").accept("text/event-stream").body("{\"text\":\"a\"}")
                .post("/ai/flows/louder").then().statusCode(200).body(containsString("\"text\":\"a!\""));
        get("/ai/flows").then().statusCode(200).body("flows", equalTo(List.of("louder", "so fter")));
        get("/ai/flows/so fter").then().statusCode(200).body("name", equalTo("so fter"));
        given().accept("application/schema+json").get("/ai/flows/louder").then().statusCode(200).body("title",
                equalTo("louder"));
        given().accept("text/vnd.mermaid").get("/ai/flows/louder").then().statusCode(200).body(startsWith("flowchart TD"));
    }

    /** The idempotency key belongs to the flow: the same request to another one is another run. */
    @Test
    void sameKeyOfAnotherFlow_isAnotherRun() {
        Map<String, Object> first = given().contentType("application/json").header("Idempotency-Key", "k")
                .body("{\"text\":\"b\"}")
                .post("/ai/flows/louder").then().extract().path("");
        Map<String, Object> other = given().contentType("application/json").header("Idempotency-Key", "k")
                .body("{\"text\":\"b\"}")
                .post("/ai/flows/so fter").then().extract().path("");
        assertThat(first.get("run")).isNotEqualTo(other.get("run"));
        given().contentType("application/json").header("Idempotency-Key", "k").body("{\"text\":\"b\"}").post("/ai").then()
                .body("run", equalTo(first.get("run")));
    }

    @Test
    void problems_areThoseOfTheFunction() {
        post("/ai/flows/louder", "{}").statusCode(400).body("errors.pointer", equalTo(List.of("#/text")));
        given().contentType("text/plain").body("a").post("/ai/flows/louder").then().statusCode(415);
        given().accept("image/png").get("/ai/flows/louder").then().statusCode(406);
        post("/ai/flows/none", "{}").statusCode(404).contentType("application/problem+json")
                .body("detail", equalTo("there is no flow 'none' to start here. The flows are [louder, so fter]"));
        post("/ai/flows/far", "{}").statusCode(404);
    }
}
