package dev.pocketflow.functions.agent;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.DisabledOnIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;

@QuarkusTest
@WithTestResource(Impatient.class)
class AgentTest extends AgentRunTests {

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        threads.shutdown();
    }

    @Test
    void outcomeNamesTheStandIns_whenTheyAnswered() {
        ask("What is Quarkus?").statusCode(200).body("standIns", contains("model", "search"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "answer: 'null'", "json: {search: true}", "json: {search: true, query: null}",
            "json: {search: true, query: ''}", "json: {search: true, query: ' '}" })
    void answerIsGivenWithoutSearching_whenDecisionsAreEmpty(String decision) {
        model.prepend("- {when: Decide the next step, " + decision + "}");
        ask("What is Quarkus?").statusCode(200).body("path.node", contains("decide", "answer"))
                .body("path[0].attempts", equalTo(4)).body("store.answer", containsString("do not say"));
    }

    @Test
    void answerIsGivenSoon_whenDecisionsRepeatATokenForEver() {
        // LangChain4j takes 20 s for each attempt to look for JSON in it, and @Timeout cannot interrupt that
        model.prepend("- {when: Decide the next step, answer: '" + "[".repeat(20_000) + "'}");
        ask("What is Quarkus?").statusCode(200).body("path.node", contains("decide", "answer"))
                .body("path[0].attempts", equalTo(4)).time(lessThan(60_000L));
    }

    @Test
    void answerIsGivenWithoutSearching_whenTheModelRefusesToDecide() {
        model.prepend("""
                - {when: Decide the next step, refuse: "I cannot help with that."}
                """);
        ask("What is Quarkus?").statusCode(200).body("path.node", contains("decide", "answer"));
    }

    @Test
    @DisabledOnIntegrationTest("the log is that of another process")
    void logHoldsNothingOfThePrompt_whenTheModelQuotesItInAnError() {
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                logged.add(
                        line.getMessage() + line.getThrown() + (line.getThrown() == null ? "" : line.getThrown().getCause()));
            }

            @Override
            public void flush() {
                // nothing is buffered
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        model.prepend("- {when: Decide the next step, error: {status: 500, message: 'SECRET {{user}}'}}");
        Logger.getLogger("").addHandler(handler);
        try {
            ask("SECRET?").statusCode(200);
        } finally {
            Logger.getLogger("").removeHandler(handler);
        }
        assertThat(logged).isNotEmpty().noneMatch(line -> line.contains("SECRET"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            refuse: 'No.'       | false
            refuse: 'No.'       | true
            answer: ' '         | false
            answer: ' '         | true
            garbage: '<html>'   | false
            garbage: '<html>'   | true
            garbage: '{"id":"1","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop"}]}' | false
            """, delimiter = '|', quoteCharacter = '`')
    void failureSaysThatThereIsNoAnswer_whenTheModelGivesNone(String reply, boolean streamed) {
        model.prepend("- {when: Answer the question, " + reply + "}");
        JsonPath outcome = outcome("What is SECRET?", streamed);
        assertThat(outcome.getString("status")).isEqualTo("failed");
        assertThat(outcome.getInt("path[3].attempts")).isEqualTo(4);
        assertThat(outcome.getString("failure.message"))
                .startsWith("flow 'agent', node 'answer': exec failed: the model refused, or its answer cannot be read")
                .doesNotContain("SECRET");
        model.reset();
        ask("What is Quarkus?").statusCode(200);
    }

    @Test
    void nextQuestionIsAnswered_whileTwiceAsManyHangAsAnInstanceTakes() {
        // the requests that knative/agent.yaml admits, each with the connection of an abandoned attempt: 50 connections are
        // enough
        model.prepend("- {when: HANG, hang: true, times: 40}");
        List<CompletableFuture<?>> hanging = Stream.generate(() -> CompletableFuture.runAsync(() -> ask("HANG"), threads))
                .limit(40).collect(Collectors.toList());
        while (model.requests().size() < 40) {
            assertThat(hanging).noneMatch(CompletableFuture::isDone);
        }
        ask("What is Quarkus?").statusCode(200);
        assertThat(hanging).noneMatch(CompletableFuture::isDone);
        model.reset(); // this ends them
        CompletableFuture.allOf(hanging.toArray(CompletableFuture[]::new)).join();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                            | question is missing, where a text is expected
            {"question":null}             | question is null, where a text is expected
            {"question":["What is it?"]}  | question is a list, where a text is expected
            {"qustion":"What is it?"}     | qustion is unknown: the flow takes [question]
            {"question":""}               | the question is blank. Send {"question": "..."}
            {"question":" "}              | the question is blank. Send {"question": "..."}
            """)
    void inputIsRefused_whenThereIsNoQuestion(String input, String detail) {
        given().contentType("application/json").body(input).post("/").then().statusCode(400)
                .body("detail", containsString(detail));
        assertThat(model.requests()).isEmpty();
    }
}
