package dev.pocketflow.quarkus.deployment.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.pocketflow.quarkus.deployment.doors.Door.Answer;
import dev.pocketflow.quarkus.deployment.doors.Door.Request;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

/** A request is answered in the same way by the HTTP server and by each HTTP event of Lambda. */
class DoorsTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = DoorsApplication.APP;

    @TestHTTPResource("/")
    URI server;

    /** {@return the names: the application's own class loader has another enum} */
    static Stream<String> all() {
        return Stream.of(Door.values()).map(Enum::name);
    }

    private Answer same(Door door, Request request) throws Exception {
        Answer expected = Door.SERVER.ask(server, request);
        Answer answer = door.ask(server, request);
        assertThat(answer.status()).as("%s", answer).isEqualTo(expected.status());
        assertThat(answer.headers().get("Content-Type")).isEqualTo(expected.headers().get("Content-Type"));
        assertThat(varying(answer.json())).isEqualTo(varying(expected.json()));
        return answer;
    }

    private static JsonNode varying(JsonNode answer) {
        if (answer instanceof ObjectNode object) {
            object.remove(List.of("run", "cancel"));
            object.path("path").forEach(step -> ((ObjectNode) step).remove("ms"));
            object.withObject("/failure").remove("at");
            object.withObject("/envelope").removeAll();
        }
        return answer;
    }

    private static List<Request> requests() {
        return List.of(DoorsApplication.post("/", "{\"text\":\"ä \\u0000 \\\"\"}"),
                DoorsApplication.post("/?store=all&path=false", "{\"text\":\"a\"}"),
                DoorsApplication.post("/?store=some", "{\"text\":\"a\"}"), DoorsApplication.post("/", "{\"text\":1}"),
                DoorsApplication.post("/", "{"), DoorsApplication.post("/", ""),
                DoorsApplication.post("/", "[]"),
                DoorsApplication.post("/", "{\"pocketflow\":{\"token\":\"x\",\"signal\":\"y\"}}"),
                DoorsApplication.post("/", "{\"pocketflow\":1}"),
                DoorsApplication.post("/flows/open", "{\"a\":{\"b\":[1,2.50]}}"), DoorsApplication.post("/flows/none", "{}"),
                new Request("POST", "/", "text=a", "Content-Type", "text/plain"),
                new Request("POST", "/", "{\"text\":\"a\"}", "Content-Type", "application/json", "Accept", "image/png"),
                new Request("GET", "/flow", null),
                new Request("GET", "/flow", null, "Accept", "application/json;q=0.5, */*;q=0.1"),
                new Request("GET", "/flow", null, "Accept", "application/schema+json"), new Request("GET", "/flows", null),
                new Request("GET", "/flows/open", null));
    }

    @ParameterizedTest
    @MethodSource("dev.pocketflow.quarkus.deployment.doors.DoorsApplication#lambda")
    void answer_isTheServers(String name) throws Exception {
        Door door = Door.valueOf(name);
        for (Request request : requests()) {
            if (!request.headers().containsValue("image/png")) {
                same(door, request);
            }
        }
        Request picture = requests().get(12);
        assertThat(door.ask(server, picture).status()).isEqualTo(Door.SERVER.ask(server, picture).status()).isEqualTo(406);
    }

    @ParameterizedTest
    @MethodSource("all")
    void run_startsByItsBody_andIsAnswered(String name) throws Exception {
        Door door = Door.valueOf(name);
        Answer answer = door.ask(server, DoorsApplication.post("/", "{\"text\":\"ä\"}"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().get("Content-Type")).isEqualTo("application/json");
        assertThat(answer.json().at("/store/text").asText()).isEqualTo("ä");
        assertThat(answer.json().has("path")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("all")
    void failedRun_isAnAnswer_andNoErrorOfTheFunction(String name) throws Exception {
        Door door = Door.valueOf(name);
        Answer answer = door.ask(server, DoorsApplication.post("/", "{\"text\":\"a\",\"fail\":true}"));

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.json().at("/failure/message").asText()).contains("it fails");
    }

    @ParameterizedTest
    @MethodSource("all")
    void sameIdempotencyKey_isTheSameRun(String name) throws Exception {
        Door door = Door.valueOf(name);
        Request first = DoorsApplication.post("/", "{\"text\":\"a\"}", "Idempotency-Key", "k-" + door);

        String run = door.ask(server, first).json().path("run").asText();
        assertThat(door.ask(server, first).json().path("run").asText()).isEqualTo(run);
        assertThat(Door.SERVER.ask(server, first).json().path("run").asText()).as("another door").isEqualTo(run);
        assertThat(door.ask(server, DoorsApplication.post("/", "{\"text\":\"b\"}", "Idempotency-Key", "k-" + door)).status())
                .isEqualTo(422);
    }

    @ParameterizedTest
    @MethodSource("all")
    void cloudEvent_isAnsweredByOne(String name) throws Exception {
        Door door = Door.valueOf(name);
        Answer answer = door.ask(server,
                DoorsApplication.post("/", "{\"text\":\"a\"}", "ce-specversion", "1.0", "ce-id", "1" + door, "ce-source",
                        "/test", "ce-type", "asked"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().get("ce-type")).isEqualTo("dev.pocketflow.outcome");
        assertThat(answer.headers().get("ce-source")).isEqualTo("/main");
    }

    @ParameterizedTest
    @MethodSource("all")
    void graph_isADiagram_ifTheCallerPrefersOne(String name) throws Exception {
        Door door = Door.valueOf(name);
        Answer answer = door.ask(server, new Request("GET", "/flow", null, "Accept", "text/vnd.mermaid"));

        assertThat(answer.headers().get("Content-Type")).isEqualTo("text/vnd.mermaid;charset=UTF-8");
        assertThat(answer.body()).startsWith("flowchart TD");
    }

    @ParameterizedTest
    @MethodSource("all")
    void otherPathsAndMethods_startNoRun(String name) throws Exception {
        Door door = Door.valueOf(name);
        int before = DoorsApplication.Echo.BEGAN.size();
        assertThat(door.ask(server, DoorsApplication.post("/other", "{\"text\":\"a\"}")).status()).isEqualTo(404);
        assertThat(door.ask(server, new Request("GET", "/", null)).status()).isEqualTo(405);
        assertThat(door.ask(server, new Request("PUT", "/", "{}", "Content-Type", "application/json")).status()).isEqualTo(405);
        assertThat(DoorsApplication.Echo.BEGAN).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(strings = { "ALB", "ALB_MULTI" })
    void healthCheck_isAnswered_andStartsNoRun(String name) throws Exception {
        Door door = Door.valueOf(name);
        int before = DoorsApplication.Echo.BEGAN.size();

        assertThat(door.ask(server, new Request("GET", "/", null, "User-Agent", "ELB-HealthChecker/2.0")).status())
                .isEqualTo(200);
        assertThat(DoorsApplication.Echo.BEGAN).hasSize(before);
    }

    @Test
    void stage_isNoPartOfThePath() throws Exception {
        Map<String, Object> event = Door.V2.members(DoorsApplication.post("/", "{\"text\":\"a\"}"));
        object(event, "requestContext").put("stage", "prod");
        event.put("rawPath", "/prod");
        assertThat(DoorsApplication.handle(event).path("statusCode").asInt()).isEqualTo(200);
        event.put("rawPath", "/prod/");
        assertThat(DoorsApplication.handle(event).path("statusCode").asInt()).isEqualTo(200);
        event.put("rawPath", "/production");
        assertThat(DoorsApplication.handle(event).path("statusCode").asInt()).isEqualTo(404);
    }

    /** A key belongs to the caller that the gateway has authenticated. */
    @Test
    void callersByTheGatewaysCheck_haveTheirOwnIdempotencyKeys() throws Exception {
        Map<String, Object> event = Door.V2.members(DoorsApplication.post("/", "{\"text\":\"a\"}", "Idempotency-Key", "own"));
        String stranger = run(event);
        object(event, "requestContext").put("authorizer", Map.of("jwt", Map.of("claims", Map.of("sub", "ada"))));
        String ada = run(event);
        object(event, "requestContext").put("authorizer", Map.of("jwt", Map.of("claims", Map.of("sub", "bob"))));

        assertThat(List.of(stranger, ada, run(event))).doesNotHaveDuplicates();
    }

    private static String run(Map<String, Object> event) throws Exception {
        return DoorsApplication.JSON.readTree(DoorsApplication.handle(event).path("body").asText()).path("run").asText();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Map<String, Object> event, String member) {
        return (Map<String, Object>) event.get(member);
    }
}
