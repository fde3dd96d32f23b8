package dev.pocketflow.quarkus.deployment.openapi;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.inject.Produces;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.RemoteFlow;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.QuarkusUnitTest;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;

/** The OpenAPI document of an application with several flows and an endpoint of its own. */
class OpenApiTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication
            .of(Own.class, Application.class, Order.class, Line.class, Colour.class, Category.class)
            .setForcedDependencies(List.of(Dependency.of("io.quarkus", "quarkus-smallrye-openapi", Version.getVersion())))
            .overrideConfigKey("quarkus.pocketflow.flow", "ship").overrideConfigKey("quarkus.pocketflow.http.path", "/ai")
            .overrideConfigKey("quarkus.pocketflow.http.flows", "all")
            .overrideConfigKey("quarkus.pocketflow.hand-over", "caller")
            .overrideConfigKey("quarkus.rest.path", "/api").overrideConfigKey("quarkus.http.root-path", "/root");

    enum Colour {
        RED,
        GREEN
    }

    record Line(String article, int count, Optional<Colour> colour) {
    }

    /** An object that holds others of its class. */
    record Category(String name, List<Category> below) {
    }

    record Order(UUID id, Instant at, Duration within, List<Line> lines, Map<String, Category> categories, byte[] bytes) {
    }

    @Path("/ai")
    public static class Own {
        @GET
        public String hello() {
            return "hello";
        }
    }

    static class Application {
        static final Key<Order> ORDER = Key.of("order", Order.class).describedAs("What to ship");
        static final Key<Integer> BOXES = Key.of("boxes", Integer.class).defaultTo(3);
        static final Key<String> CARD = Key.secret("card", String.class).optional();
        static final Key<String> TEXT = Key.of("text", String.class).describedAs("The text to shorten");
        static final Key<Category> ROOT = Key.of("root", Category.class);

        @Produces
        Flow ship() {
            return Flow.named("ship").describedAs("Ships an order").takes(ORDER, BOXES, CARD).gives(BOXES, CARD, ROOT)
                    .node("pack", Node.of(ORDER, order -> order.categories().values().iterator().next(), ROOT)).build();
        }

        @Produces
        Flow shorter() {
            return Flow.named("sho rter").takes(TEXT).node("cut", Node.of(TEXT, text -> text.substring(1), TEXT)).build();
        }

        @Produces
        Flow any() {
            return Flow.named("any").node("go", Node.route(store -> null)).then("far").node("far", new RemoteFlow("far"))
                    .build();
        }

        /** A flow that works elsewhere: it cannot be started here. */
        @Produces
        Flow far() {
            return Flow.named("far").node("go", Node.route(store -> null)).build();
        }
    }

    private static String text() {
        return given().basePath("").accept("application/json").get("/root/q/openapi").then().statusCode(200).extract()
                .asString();
    }

    private static JsonNode document() throws Exception {
        return new ObjectMapper().readTree(text());
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode operation(JsonNode document, String path, String method) {
        return document.path("paths").path(path).path(method);
    }

    @Test
    void document_isValid() {
        SwaggerParseResult read = new OpenAPIV3Parser().readContents(text());

        assertThat(read.getMessages()).isEmpty();
        assertThat(read.getOpenAPI().getPaths()).isNotEmpty();
    }

    @Test
    void flows_areAtTheirPaths_besideTheApplicationsOwn() throws Exception {
        JsonNode paths = document().path("paths");

        assertThat(names(paths)).containsExactlyInAnyOrder("/root/api/ai", "/root/api/ai/flow", "/root/api/ai/flows",
                "/root/api/ai/flows/ship", "/root/api/ai/flows/sho%20rter", "/root/api/ai/flows/any",
                "/root/api/ai/runs/{run}");
        assertThat(names(paths.path("/root/api/ai"))).containsExactlyInAnyOrder("get", "post");
        assertThat(names(paths.path("/root/api/ai/flow"))).containsExactly("get");
        assertThat(names(paths.path("/root/api/ai/flows/ship"))).containsExactlyInAnyOrder("get", "post");
        get("/api/ai").then().statusCode(200);
    }

    @Test
    void inputOfAFlow_isItsContract() throws Exception {
        JsonNode document = document();
        JsonNode ship = operation(document, "/root/api/ai", "post");
        JsonNode input = document.at("/components/schemas/ship.input");
        JsonNode order = document.at("/components/schemas/ship.input.Order");

        assertThat(ship.path("description").asText()).isEqualTo("Ships an order");
        assertThat(ship.at("/requestBody/content/application~1json/schema/$ref").asText())
                .isEqualTo("#/components/schemas/ship.input");
        assertThat(input.at("/properties/order")).isEqualTo(new ObjectMapper().readTree("""
                {"$ref": "#/components/schemas/ship.input.Order", "description": "What to ship"}"""));
        assertThat(input.at("/properties/boxes/default").asInt()).isEqualTo(3);
        assertThat(input.path("additionalProperties").asBoolean(true)).isFalse();
        assertThat(order.at("/properties/id/anyOf/0")).isEqualTo(new ObjectMapper().readTree("""
                {"type": "string", "format": "uuid"}"""));
        assertThat(document.at("/components/schemas/ship.input.Line/properties/colour/anyOf/0/enum").get(1).asText())
                .isEqualTo("GREEN");
        assertThat(document.at("/components/schemas/ship.input.Category/properties/below/anyOf/0/items/$ref").asText())
                .isEqualTo("#/components/schemas/ship.input.Category");
    }

    @Test
    void answersOfAFlow_areDescribed() throws Exception {
        JsonNode document = document();
        JsonNode answers = operation(document, "/root/api/ai", "post").path("responses");

        assertThat(names(answers)).containsExactlyInAnyOrder("200", "202", "400", "403", "404", "406", "409", "410", "413",
                "415",
                "422", "500", "503");
        assertThat(answers.at("/400/content/application~1problem+json/schema/$ref").asText())
                .isEqualTo("#/components/schemas/pocketflow.Problem");
        assertThat(answers.at("/200/content/application~1json/examples/complete/value/store/root/name").asText())
                .isEqualTo("name");
        assertThat(answers.at("/200/content/application~1json/examples/complete/value/store").has("card")).isFalse();
        assertThat(names(document.at("/components/schemas/ship.answer/properties"))).contains("status", "store", "usage");
        assertThat(names(operation(document, "/root/api/ai/flow", "get").at("/responses/200/content")))
                .containsExactlyInAnyOrder("application/json", "application/schema+json", "text/vnd.mermaid");
    }

    @Test
    void statusOfARun_isDescribed() throws Exception {
        JsonNode document = document();
        JsonNode status = operation(document, "/root/api/ai/runs/{run}", "get");

        assertThat(status.path("parameters").findValuesAsText("name")).containsExactly("run", "PocketFlow-Cancel", "Prefer");
        assertThat(names(status.path("responses"))).containsExactlyInAnyOrder("200", "403", "404", "503");
        assertThat(operation(document, "/root/api/ai", "post").at("/responses/202/headers").has("Location")).isTrue();
    }

    @Test
    void operations_haveDifferentIds() throws Exception {
        assertThat(document().findValuesAsText("operationId")).doesNotHaveDuplicates()
                .contains("run-ship", "graph-ship", "flows-run-ship", "flows-graph-ship", "status");
    }

    /** Each is sent as the document says. */
    @Test
    void exampleOfEachRequest_isAccepted() throws Exception {
        JsonNode document = document();
        int sent = 0;
        for (String path : names(document.path("paths"))) {
            for (JsonNode example : operation(document, path, "post").at("/requestBody/content/application~1json/examples")) {
                given().basePath("").urlEncodingEnabled(false).contentType("application/json")
                        .body(example.path("value").toString())
                        .post(path).then().statusCode(200);
                sent++;
            }
        }
        assertThat(sent).isEqualTo(5); // ship has two, at two paths
    }

    @Test
    void referencesOfTheDocument_lead_toSchemas() throws Exception {
        JsonNode document = document();

        assertThat(document.findValuesAsText("$ref")).isNotEmpty()
                .allSatisfy(each -> assertThat(document.at(each.substring(1)).isMissingNode()).as(each).isFalse());
    }
}
