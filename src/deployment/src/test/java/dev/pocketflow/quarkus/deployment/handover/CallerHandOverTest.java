package dev.pocketflow.quarkus.deployment.handover;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

import dev.pocketflow.quarkus.deployment.app.CountingFlow;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.response.Response;

/** A run in hops of one step; a client sends each envelope back. */
class CallerHandOverTest {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final PatternFormatter LINE = new PatternFormatter("%s %X%n%e");

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(CountingFlow.CLASSES)
            .overrideConfigKey("quarkus.pocketflow.flow", "count")
            .overrideConfigKey("quarkus.pocketflow.hand-over", "caller")
            .overrideConfigKey("quarkus.pocketflow.remote.other", "nested")
            .overrideConfigKey("quarkus.pocketflow.budget.steps", "1").overrideConfigKey("quarkus.pocketflow.budget.hops", "20")
            .setLogRecordPredicate(any -> true).assertLogRecords(records -> assertThat(records).map(LINE::format)
                    .noneMatch(line -> line.contains("hunter2")).anyMatch(line -> line.contains("handed over to=count")));

    private static Response send(String body) {
        return given().config(TestApplication.EXACT).contentType("application/json").body(body).post("/");
    }

    /** Rewrites JSON as Step Functions does, in another order and another layout. */
    private static String rewritten(Object envelope) throws IOException {
        Map<String, Object> backwards = new LinkedHashMap<>();
        List<Map.Entry<?, ?>> members = new ArrayList<>(((Map<?, ?>) envelope).entrySet());
        Collections.reverse(members);
        members.forEach(member -> backwards.put((String) member.getKey(), member.getValue()));
        return JSON.writeValueAsString(backwards);
    }

    @Test
    void run_resumesFromItsEnvelope_untilItIsCompleted() throws IOException {
        Response answer = send(CountingFlow.EVENT);
        String run = answer.path("run");
        int hops = 0;
        while (answer.statusCode() == 202) {
            hops++;
            assertThat((String) answer.path("status")).isEqualTo("handed-over");
            assertThat((Integer) answer.path("hop")).isEqualTo(hops);
            assertThat(answer.asString()).doesNotContain("hunter2");
            answer = send(rewritten(answer.path("envelope")));
        }

        answer.then().statusCode(200).body("status", equalTo("completed")).body("run", equalTo(run))
                .body("store.n", equalTo(3)).body("store.preps", equalTo(1)).body("store.notes[2].square", equalTo(9))
                .body("store.end.told", equalTo(9)).body("store.password", equalTo(null))
                .body("path.node", equalTo(List.of("up", "up", "up", "squares", "tell", "last")));
        assertThat(hops).isEqualTo(4); // three counts, then the batch in two parts; the second continues to the end
    }

    @Test
    void changedEnvelope_isRefused() throws IOException {
        Map<String, Object> envelope = send(CountingFlow.EVENT).path("envelope");
        Map<String, Object> changed = new LinkedHashMap<>(envelope);
        changed.put("steps", 0);

        send(JSON.writeValueAsString(changed)).then().statusCode(403).contentType("application/problem+json")
                .body("title", equalTo("BAD_SEAL"));
        changed = new LinkedHashMap<>(envelope);
        changed.remove("seal");
        send(JSON.writeValueAsString(changed)).then().statusCode(403).body("title", equalTo("UNSEALED"));
    }

    @Test
    void envelopeWithoutItsMark_isNotTheStoreOfANewRun() {
        String envelope = send(CountingFlow.EVENT).asString().replaceFirst(".*\"envelope\":", "").replaceFirst("}$", "");

        send(envelope.replace("{\"pocketflow\":1", "{\"Pocketflow\":1")).then().statusCode(403).body("title",
                equalTo("BAD_SEAL"));
        send("{\"Pocketflow\":1,\"jwe\":\"a..b.c.d\"}").then().statusCode(403).body("title", equalTo("UNSEALED"));
    }

    @Test
    void refusalOfAnEnvelope_isNotAStream() {
        given().contentType("application/json").accept("text/event-stream").body("{\"pocketflow\":1}").post("/").then()
                .statusCode(403).body("title", equalTo("UNSEALED"));
    }

    @Test
    void envelope_isAccepted_asACloudEvent() throws IOException {
        String envelope = JSON.writeValueAsString(send(CountingFlow.EVENT).path("envelope"));

        given().contentType("application/cloudevents+json").body("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/t\","
                + "\"type\":\"dev.pocketflow.envelope\",\"data\":" + envelope + "}").post("/").then().statusCode(202)
                .body("hop", equalTo(2));
        given().contentType("application/vnd.pocketflow.envelope+json").header("ce-specversion", "1.0").header("ce-id", "1")
                .header("ce-source", "/t").header("ce-type", "dev.pocketflow.envelope").body(envelope).post("/").then()
                .statusCode(202).body("hop", equalTo(2)).header("ce-specversion", "1.0").header("ce-source", "/count")
                .header("ce-type", "dev.pocketflow.outcome").header("ce-id", not(emptyOrNullString()));
    }

    @Test
    void malformedEnvelope_isRefused() {
        send("{\"pocketflow\":1}").then().statusCode(403);
        send("{\"pocketflow\":" + "[".repeat(300) + "]".repeat(300) + "}").then().statusCode(400)
                .body("detail", containsString("nested"));
    }

    @Test
    void stepsOfAHop_areStreamed_andTheOutcomeIsTheHandOver() {
        String events = given().contentType("application/json").accept("text/event-stream").body(CountingFlow.EVENT).post("/")
                .asString();

        assertThat(events).contains("event:finished").contains("\"status\":\"handed-over\"").contains("\"seal\":");
    }
}
