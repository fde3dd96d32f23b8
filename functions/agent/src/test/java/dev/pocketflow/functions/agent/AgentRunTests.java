package dev.pocketflow.functions.agent;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.pocketflow.testing.ScriptedModel;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;

/** The runs of several steps, which an envelope between the steps must not change. */
abstract class AgentRunTests {

    ScriptedModel model;

    @BeforeEach
    void resetTheModel() {
        model = model();
        model.reset();
    }

    ScriptedModel model() {
        return ScriptedModel.at(ConfigProvider.getConfig().getValue("quarkus.langchain4j.openai.base-url", String.class));
    }

    @Test
    void answerRestsOnPagesFound_forAQuestion() {
        ask("How long may an AWS Lambda function run?").statusCode(200)
                .body("status", equalTo("completed"))
                .body("store.answer", containsString("15 minutes"))
                .body("store.notes[0].url", containsString("docs.aws.amazon.com"))
                .body("path.node", contains("decide", "search", "decide", "answer"))
                .body("path.attempts", everyItem(equalTo(1)));
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void tokensAreCounted_ofDecisionsAndOfTheAnswer(boolean streamed) {
        model.prepend("- {when: Answer the question, error: 500}");
        float decisions = ask("What is Quarkus?").statusCode(500).extract().path("usage.'output-tokens'");
        model.reset();
        JsonPath all = outcome("What is Quarkus?", streamed);

        assertThat(decisions).isGreaterThan(10);
        assertThat(all.getFloat("usage.'output-tokens'")).isGreaterThan(decisions + 10);
        assertThat(all.getFloat("usage.'input-tokens'")).isGreaterThan(100);
    }

    @Test
    void answerSaysThatNotesAreMissing_whenNoPageIsFound() {
        ask("xyzzy?").statusCode(200).body("store.notes.title", contains("Nothing found"));
    }

    @Test
    void modelStreams_onlyIfSomebodyWatches() {
        outcome("What is Quarkus?", false);
        outcome("What is Quarkus?", true);
        assertThat(model.requests()).extracting(request -> request.body().path("stream").asBoolean())
                .containsExactly(false, false, false, false, false, true);
    }

    @Test
    void tokensAreStreamed_whenAskedFor() {
        String events = stream("What is Quarkus?");
        List<String> names = events.lines().filter(line -> line.startsWith("event:")).map(line -> line.substring(6)).toList();
        assertThat(names).startsWith("started", "finished", "started", "finished", "started", "finished", "started", "emitted")
                .endsWith("emitted", "finished", "outcome");
        assertThat(events).contains("\"value\":\" Quarkus\"");
    }

    @Test
    void attemptsAreRepeated_whenTheModelIsRateLimited() {
        model.prepend("- {error: {status: 429, retry-after: 1s}, times: 2}");
        ask("What is Quarkus?").statusCode(200).body("path[0].attempts", equalTo(3)).body("status", equalTo("completed"));
        assertThat(model.requests()).hasSize(5);
    }

    @Test
    void answerIsGivenWithoutSearching_whenDecisionsAreGarbage() {
        model.prepend("""
                - {when: Decide the next step, garbage: "<html>"}
                """);
        ask("What is Quarkus?").statusCode(200).body("path.node", contains("decide", "answer"))
                .body("path[0].attempts", equalTo(4)).body("store.answer", containsString("do not say"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "error: 500", "drop: true", "tool: {name: nobody-offered-it, arguments: {}}" })
    void runFailsAtTheAnswer_whenTheModelIsDown(String reply) {
        model.prepend("- {when: Answer the question, " + reply + "}");
        ask("What is Quarkus?").statusCode(500).body("status", equalTo("failed")).body("failure.node", equalTo("answer"))
                .body("path", hasSize(4)).body("path[3].attempts", equalTo(4));
        model.reset();
        ask("What is Quarkus?").statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void attemptsAreRepeated_whenTheAnswerIsEmpty(boolean streamed) {
        model.prepend("- {when: Answer the question, answer: ' ', times: 1}");
        JsonPath outcome = outcome("What is Quarkus?", streamed);
        assertThat(outcome.getInt("path[3].attempts")).isEqualTo(2);
        assertThat(outcome.getString("store.answer")).contains("Quarkus");
    }

    @Test
    void questionIsRefused_whenItHasFiveMegabytes() throws Exception {
        ask("x".repeat(900_000)).statusCode(200);
        try (Socket socket = new Socket("localhost", RestAssured.port)) { // a caller that sends it all finds the connection closed
            socket.getOutputStream()
                    .write("POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5000000\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
        }
        ask("What is Quarkus?").statusCode(200).body("store.answer", containsString("Quarkus"));
    }

    @Test
    void searchesAreLimited_whenTheModelNeverHasEnough() {
        model.prepend("""
                - {when: Decide the next step, json: {search: true, query: lambda knative quarkus}}
                """);
        ask("What is Quarkus?").statusCode(200)
                .body("path.node", contains("decide", "search", "decide", "search", "decide", "search", "decide", "answer"));
    }

    static JsonPath outcome(String question, boolean streamed) {
        if (!streamed) {
            return ask(question).extract().jsonPath();
        }
        String events = stream(question);
        return JsonPath.from(events.substring(events.lastIndexOf("data:") + 5));
    }

    static String stream(String question) {
        return given().contentType("application/json").accept("text/event-stream").body("{\"question\":\"" + question + "\"}")
                .post("/").then().statusCode(200).extract().asString();
    }

    static ValidatableResponse ask(String question) {
        return given().contentType("application/json").body("{\"question\":\"" + question + "\"}").post("/").then();
    }
}
