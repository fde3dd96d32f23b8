package dev.pocketflow.quarkus.deployment.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URL;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;

import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

/** Bodies of JSON. */
class JsonInputTest {

    private static final int MEGABYTE = 1_000_000;

    @RegisterExtension
    static final QuarkusUnitTest APP = InputApplication.APP;

    @TestHTTPResource("/")
    URL url;

    @Test
    void emptyObject_isAnEmptyStore() {
        InputApplication.post(InputApplication.json(), "{}").statusCode(200).body("store.size()", equalTo(1));
    }

    @Test
    void lastOfDuplicateKeys_isUsed() {
        InputApplication.post(InputApplication.json(), "{\"a\":1,\"a\":2}").statusCode(200).body("store.a", equalTo(2));
    }

    static Stream<Arguments> notAnObject() {
        return Stream
                .of("", " ", "[1]", "\"secret\"", "1", "true", "null", "{\"secret\":", "{\"secret\":NaN}", "{\"a\":1} secret",
                        "{\"a\":1}{\"secret\":2}", "{'secret':1}", "{secret:1}", "{\"a\":01}", "{\"secret\":\"\u0001\"}",
                        "{\"a\":" + "9".repeat(2000) + "}", "secret")
                .flatMap(body -> Stream.of("application/json", "text/event-stream").map(accept -> Arguments.of(body, accept)));
    }

    @ParameterizedTest
    @MethodSource("notAnObject")
    void problem_isAnswered_withoutAJsonObject(String body, String accept) {
        InputApplication.post(InputApplication.json().accept(accept), body).statusCode(400)
                .contentType("application/problem+json").body("status", equalTo(400)).body("title", equalTo("Bad Request"))
                .body("detail", containsString("the body is ")).body(not(containsString("secret")))
                .body(not(containsString("99")));
        InputApplication.nextOneIsAnswered();
    }

    @Test
    void problem_namesThePosition_forInvalidJson() {
        InputApplication.post(InputApplication.json(), "{\n  \"a\": oops}").statusCode(400)
                .body("detail", equalTo("the body is not valid JSON, at line 2, column 8"));
    }

    @Test
    void problem_namesTheLimit_forJsonThatExceedsIt() {
        InputApplication.post(InputApplication.json(), "{\"a\":" + "[".repeat(2000) + "]".repeat(2000) + "}").statusCode(400)
                .body("detail", containsString("exceeds a limit of the JSON parser: Document nesting depth"));
        InputApplication.post(InputApplication.json(), "{\"a\":" + "1".repeat(2000) + "}").statusCode(400).body("detail",
                containsString("Number value length"));
        InputApplication.post(InputApplication.json(), "{\"a\":[{\"b\":1e999}]}").statusCode(400).body("detail",
                containsString("a number that is too large"));
        InputApplication.post(InputApplication.json(), " \n").statusCode(400).body("detail",
                containsString("the body is empty"));
        InputApplication.nextOneIsAnswered();
    }

    @Test
    void problem_isAnswered_forBytesThatAreNotUtf8() throws Exception {
        for (String type : List.of("application/json", "application/json; charset=ISO-8859-1")) {
            HttpResponse<String> answer = InputApplication.post(url, "{\"name\":\"Zoë\"}".getBytes(StandardCharsets.ISO_8859_1),
                    "Content-Type",
                    type);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("the body is not valid JSON").doesNotContain("Zo");
        }
    }

    /** {@return this process's time on a processor, which does not depend on the machine's other load} */
    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    @Test
    void problem_isAnsweredAtOnce_forDeepNesting() throws Exception {
        for (String open : List.of("[", "{\"a\":")) {
            byte[] body = open.repeat(10 * MEGABYTE / open.length()).getBytes(StandardCharsets.UTF_8);
            long begun = cpuNanos();
            assertThat(InputApplication.post(url, body, "Content-Type", "application/json").statusCode()).isEqualTo(400);
            assertThat(Duration.ofNanos(cpuNanos() - begun)).isLessThan(Duration.ofSeconds(10));
        }
        InputApplication.nextOneIsAnswered();
    }

    @Test
    void largeText_isAcceptedAndAnswered() throws Exception {
        String text = "x".repeat(5 * MEGABYTE);
        HttpResponse<String> answer = InputApplication.post(url,
                ("{\"text\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8),
                "Content-Type", "application/json");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new ObjectMapper().readTree(answer.body()).at("/store/text").textValue()).hasSize(text.length());
    }

    @Test
    void body_isRefused_overTheSizeLimit() throws Exception {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream().write(("POST / HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"
                    + "Content-Length: " + 11 * MEGABYTE + "\r\n\r\n{").getBytes(StandardCharsets.US_ASCII));
            assertThat(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine())
                    .startsWith("HTTP/1.1 413 ");
        }
        InputApplication.nextOneIsAnswered();
    }
}
