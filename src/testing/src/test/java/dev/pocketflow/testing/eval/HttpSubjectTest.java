package dev.pocketflow.testing.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.sun.net.httpserver.HttpExchange;

import dev.pocketflow.testing.http.LoopbackServer;

/** Answers as src/docs/reference/errors.md documents them. The guide's test asks a real function. */
class HttpSubjectTest {

    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private volatile int status;
    private volatile String answer;
    private LoopbackServer function;

    @BeforeEach
    void start() {
        function = LoopbackServer.start(0, "function", this::answer);
    }

    @AfterEach
    void stop() {
        function.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(LoopbackServer.body(exchange, 1000), StandardCharsets.UTF_8);
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Content-Type") + " " + exchange.getRequestHeaders().getFirst("Prefer")
                + " " + body);
        if (status == 0) {
            function.pause(Duration.ofHours(1)); // until the server is closed
        } else {
            LoopbackServer.answer(exchange, status, "application/json", answer.getBytes(StandardCharsets.UTF_8));
        }
    }

    private HttpSubject subject() {
        return HttpSubject.at("http://" + function.authority() + "/ask?store=all");
    }

    private Output run(int withStatus, String withAnswer) throws Exception {
        status = withStatus;
        answer = withAnswer;
        return subject().header("Prefer", "wait=60").run(new HashMap<>(Map.of("question", "How long?")));
    }

    @Test
    void outputIsTheStore_withItsUsage() throws Exception {
        Output output = run(200, """
                {"status":"completed","run":"01M8159BT9N1P4WXSA0ZT0V1QG","action":"default",
                 "store":{"answer":"15 minutes","card":null},"usage":{"output-tokens":12}}""");

        assertThat(output.values()).containsEntry("answer", "15 minutes").containsEntry("card", null).hasSize(2);
        assertThat(output.usage()).isEqualTo(Map.of("output-tokens", 12.0));
        assertThat(requests).containsExactly("POST /ask?store=all application/json wait=60 {\"question\":\"How long?\"}");
    }

    @Test
    void usageIsEmpty_whenTheRunReportsNone() throws Exception {
        assertThat(run(200, "{\"status\":\"completed\",\"store\":{}}")).isEqualTo(Output.of(Map.of()));
    }

    /** Otherwise the scores would be those of a script. */
    @Test
    void answerOfAStandIn_isAFailure_unlessItIsAllowed() throws Exception {
        String scripted = "{\"status\":\"completed\",\"store\":{\"a\":1},\"standIns\":[\"model\"]}";

        assertThatThrownBy(() -> run(200, scripted)).isInstanceOf(IOException.class).hasMessage("stand-ins answered for "
                + "[\"model\"]. Give the function its keys, or accept them with allowStandIns()");
        assertThat(subject().allowStandIns().run(new HashMap<>()).values()).isEqualTo(Map.of("a", 1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            500 | {"status":"failed","failure":{"node":"ask","message":"the model is down"}} | ADDRESS answered HTTP 500 in the node 'ask': the model is down
            400 | {"status":400,"title":"Bad Request","detail":"question is missing"} | ADDRESS answered HTTP 400: question is missing
            404 | ~~                                                            | ADDRESS answered HTTP 404
            502 | <html>                                                        | ADDRESS answered HTTP 502
            200 | {"status":"failed"}                                           | ADDRESS answered HTTP 200
            200 | {"status":"completed"}                                        | ADDRESS answered HTTP 200
            202 | {"status":"handed-over"} | the run did not end in this request (HTTP 202). With a ledger, ask with the header Prefer: wait=<seconds>. A run that waits for a signal cannot be evaluated
            """)
    void runFailed_whenItDidNotComplete(int withStatus, String withAnswer, String message) {
        String address = "http://" + function.authority() + "/ask";

        assertThatThrownBy(() -> run(withStatus, withAnswer)).isInstanceOf(IOException.class)
                .hasMessage(message.replace("ADDRESS", address));
    }

    @Test
    void runFailed_whenTheFunctionDoesNotAnswer() {
        status = 0;

        assertThatThrownBy(() -> subject().timeout(Duration.ofMillis(50)).run(new HashMap<>()))
                .hasMessage("no answer from http://" + function.authority() + "/ask: HttpTimeoutException")
                .hasCauseInstanceOf(HttpTimeoutException.class);
        assertThatThrownBy(() -> HttpSubject.at("http://user:secret@127.0.0.1:1").run(new HashMap<>()))
                .hasMessage("no answer from http://127.0.0.1:1: ConnectException");
    }

    @ParameterizedTest
    @ValueSource(strings = { "localhost:8080", "/ask", "file:///tmp" })
    void addressIsRefused_whenItIsNotHttp(String address) {
        assertThatThrownBy(() -> HttpSubject.at(address)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the address of a function must begin with http:// or https://, was '" + address + "'");
    }

    @Test
    void timeoutIsRefused_whenItIsNotPositive() {
        assertThatThrownBy(() -> subject().timeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the timeout must be more than zero, was PT0S");
    }
}
