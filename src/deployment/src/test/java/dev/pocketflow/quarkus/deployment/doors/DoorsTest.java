package dev.pocketflow.quarkus.deployment.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.deployment.app.LambdaHandler;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import dev.pocketflow.quarkus.deployment.doors.Door.Answer;
import dev.pocketflow.quarkus.deployment.doors.Door.Request;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

/** A request is answered in the same way by the HTTP server and by each HTTP event of Lambda. */
class DoorsTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = LambdaHandler
            .addTo(TestApplication.of(Door.class, Request.class, Answer.class, LambdaHandler.class, Echo.class,
                    Application.class))
            .overrideConfigKey("quarkus.pocketflow.flow", "main").overrideConfigKey("quarkus.pocketflow.http.flows", "all")
            .overrideConfigKey("quarkus.pocketflow.answer.path", "false").overrideConfigKey("quarkus.log.level", "WARN");

    static final Key<String> TEXT = Key.of("text", String.class);
    static final ObjectMapper JSON = new ObjectMapper();

    /** Records the names in the store that a run began with. */
    static class Echo implements Node<Void, Void> {
        static final ConcurrentLinkedQueue<Set<String>> BEGAN = new ConcurrentLinkedQueue<>();

        @Override
        public Void prep(Store shared) {
            BEGAN.add(shared.asMap().keySet());
            if (shared.find("fail").isPresent()) {
                throw new FlowException("it fails");
            }
            return null;
        }
    }

    static class Application {
        @Produces
        Flow main(Echo echo) {
            return Flow.named("main").takes(TEXT, Key.of("fail", Boolean.class).optional()).gives(TEXT).node("echo", echo)
                    .build();
        }

        @Produces
        Flow open(Echo echo) {
            return Flow.named("open").node("echo", echo).build();
        }
    }

    @TestHTTPResource("/")
    URI server;

    /** {@return the names: the application's own class loader has another enum} */
    static Stream<String> all() {
        return Stream.of(Door.values()).map(Enum::name);
    }

    static Stream<String> lambda() {
        return all().skip(1);
    }

    private static Request post(String path, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Content-Type", "application/json"));
        return new Request("POST", path, body, all.toArray(String[]::new));
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
        return List.of(post("/", "{\"text\":\"ä \\u0000 \\\"\"}"), post("/?store=all&path=false", "{\"text\":\"a\"}"),
                post("/?store=some", "{\"text\":\"a\"}"), post("/", "{\"text\":1}"), post("/", "{"), post("/", ""),
                post("/", "[]"), post("/", "{\"pocketflow\":{\"token\":\"x\",\"signal\":\"y\"}}"),
                post("/", "{\"pocketflow\":1}"), post("/flows/open", "{\"a\":{\"b\":[1,2.50]}}"), post("/flows/none", "{}"),
                new Request("POST", "/", "text=a", "Content-Type", "text/plain"),
                new Request("POST", "/", "{\"text\":\"a\"}", "Content-Type", "application/json", "Accept", "image/png"),
                new Request("GET", "/flow", null),
                new Request("GET", "/flow", null, "Accept", "application/json;q=0.5, */*;q=0.1"),
                new Request("GET", "/flow", null, "Accept", "application/schema+json"), new Request("GET", "/flows", null),
                new Request("GET", "/flows/open", null));
    }

    @ParameterizedTest
    @MethodSource("lambda")
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
        Answer answer = door.ask(server, post("/", "{\"text\":\"ä\"}"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().get("Content-Type")).isEqualTo("application/json");
        assertThat(answer.json().at("/store/text").asText()).isEqualTo("ä");
        assertThat(answer.json().has("path")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("all")
    void failedRun_isAnAnswer_andNoErrorOfTheFunction(String name) throws Exception {
        Door door = Door.valueOf(name);
        Answer answer = door.ask(server, post("/", "{\"text\":\"a\",\"fail\":true}"));

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.json().at("/failure/message").asText()).contains("it fails");
    }

    @ParameterizedTest
    @MethodSource("all")
    void sameIdempotencyKey_isTheSameRun(String name) throws Exception {
        Door door = Door.valueOf(name);
        Request first = post("/", "{\"text\":\"a\"}", "Idempotency-Key", "k-" + door);

        String run = door.ask(server, first).json().path("run").asText();
        assertThat(door.ask(server, first).json().path("run").asText()).isEqualTo(run);
        assertThat(Door.SERVER.ask(server, first).json().path("run").asText()).as("another door").isEqualTo(run);
        assertThat(door.ask(server, post("/", "{\"text\":\"b\"}", "Idempotency-Key", "k-" + door)).status()).isEqualTo(422);
    }

    @ParameterizedTest
    @MethodSource("all")
    void cloudEvent_isAnsweredByOne(String name) throws Exception {
        Door door = Door.valueOf(name);
        Answer answer = door.ask(server,
                post("/", "{\"text\":\"a\"}", "ce-specversion", "1.0", "ce-id", "1" + door, "ce-source",
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
        int before = Echo.BEGAN.size();
        assertThat(door.ask(server, post("/other", "{\"text\":\"a\"}")).status()).isEqualTo(404);
        assertThat(door.ask(server, new Request("GET", "/", null)).status()).isEqualTo(405);
        assertThat(door.ask(server, new Request("PUT", "/", "{}", "Content-Type", "application/json")).status()).isEqualTo(405);
        assertThat(Echo.BEGAN).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(strings = { "ALB", "ALB_MULTI" })
    void healthCheck_isAnswered_andStartsNoRun(String name) throws Exception {
        Door door = Door.valueOf(name);
        int before = Echo.BEGAN.size();

        assertThat(door.ask(server, new Request("GET", "/", null, "User-Agent", "ELB-HealthChecker/2.0")).status())
                .isEqualTo(200);
        assertThat(Echo.BEGAN).hasSize(before);
    }

    @Test
    void stage_isNoPartOfThePath() throws Exception {
        Map<String, Object> event = Door.V2.members(post("/", "{\"text\":\"a\"}"));
        object(event, "requestContext").put("stage", "prod");
        event.put("rawPath", "/prod");
        assertThat(handle(event).path("statusCode").asInt()).isEqualTo(200);
        event.put("rawPath", "/prod/");
        assertThat(handle(event).path("statusCode").asInt()).isEqualTo(200);
        event.put("rawPath", "/production");
        assertThat(handle(event).path("statusCode").asInt()).isEqualTo(404);
    }

    /** A key belongs to the caller that the gateway has authenticated. */
    @Test
    void callersByTheGatewaysCheck_haveTheirOwnIdempotencyKeys() throws Exception {
        Map<String, Object> event = Door.V2.members(post("/", "{\"text\":\"a\"}", "Idempotency-Key", "own"));
        String stranger = run(event);
        object(event, "requestContext").put("authorizer", Map.of("jwt", Map.of("claims", Map.of("sub", "ada"))));
        String ada = run(event);
        object(event, "requestContext").put("authorizer", Map.of("jwt", Map.of("claims", Map.of("sub", "bob"))));

        assertThat(List.of(stranger, ada, run(event))).doesNotHaveDuplicates();
    }

    private static String run(Map<String, Object> event) throws Exception {
        return JSON.readTree(handle(event).path("body").asText()).path("run").asText();
    }

    /** None is a failure of the function, and none starts a run that its body did not ask for. */
    @ParameterizedTest
    @MethodSource("lambda")
    void mutatedEvent_isRefused_orRunsWhatItsBodySays(String name) throws Exception {
        Door door = Door.valueOf(name);
        Random random = new Random(15 + door.ordinal());
        Echo.BEGAN.clear();
        for (int i = 0; i < 10_000 / 6 + 1; i++) {
            Map<String, Object> event = door.members(post("/flows/open", "{\"text\":\"a\"}"));
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                mutate(event, random);
            }
            JsonNode answer = handle(event);
            assertThat(answer.path("statusCode").asInt()).as("%s%n%s", event, answer).isBetween(200, 499);
        }
        assertThat(Echo.BEGAN).isNotEmpty().allMatch(names -> Set.of("text").containsAll(names));
    }

    private static JsonNode handle(Map<String, Object> event) throws Exception {
        return JSON.readTree(LambdaHandler.handle(60_000, Door.bytes(event)));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Map<String, Object> event, String member) {
        return (Map<String, Object>) event.get(member);
    }

    @SuppressWarnings("unchecked")
    private static void mutate(Map<String, Object> event, Random random) {
        String name = List.copyOf(event.keySet()).get(random.nextInt(event.size()));
        Object value = event.get(name);
        List<Consumer<Object>> ways = List.of(none -> event.remove(name), none -> event.put(name, null),
                none -> event.put(name, 7), none -> event.put(name, "x"), none -> event.put(name, List.of("x")),
                none -> event.put(name, !Boolean.TRUE.equals(value)), none -> event.put(name + "2", value), none -> {
                    if (value instanceof Map<?, ?> inner && !inner.isEmpty()) {
                        mutate((Map<String, Object>) inner, random);
                    } else if (value instanceof String text && !text.isEmpty()) {
                        event.put(name, text.substring(random.nextInt(text.length())));
                    }
                });
        ways.get(random.nextInt(10) < 4 ? 7 : random.nextInt(ways.size())).accept(null);
        if (event.isEmpty()) {
            event.put("isBase64Encoded", 7);
        }
    }

    @Test
    void eventThatOnlyLooksLikeHttp_isRefused_asHttp() throws Exception {
        Map<String, Object> event = Door.V2.members(post("/flows/open", "{\"text\":\"a\"}"));
        event.put("version", "3.0");

        JsonNode answer = handle(event);
        assertThat(answer.path("statusCode").asInt()).isEqualTo(400);
        assertThat(answer.path("body").asText()).contains("the event has members of an HTTP event, but not the form of one");
    }

    /** A start event may have some of the names. */
    @Test
    void startEventWithSomeOfTheNames_isAStartEvent() {
        assertThatThrownBy(
                () -> LambdaHandler.handle(60_000, "{\"headers\":{},\"body\":\"b\",\"requestContext\":1}".getBytes()))
                .isInstanceOf(BadEvent.class).hasMessageContaining("headers is unknown: the flow takes [text, fail]");
    }
}
