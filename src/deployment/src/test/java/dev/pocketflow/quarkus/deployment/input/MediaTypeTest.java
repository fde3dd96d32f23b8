package dev.pocketflow.quarkus.deployment.input;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;

import java.net.URL;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

/** Content types of requests, and media types of responses. */
class MediaTypeTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = InputApplication.APP;

    @TestHTTPResource("/")
    URL url;

    static Stream<String> jsonTypes() {
        return Stream.of("application/json", "application/json; charset=UTF-8", "Application/JSON;charset=\"utf-8\"",
                "application/vnd.acme.thing+json");
    }

    @ParameterizedTest
    @MethodSource("jsonTypes")
    void object_isTheStore_forJsonTypes(String type) throws Exception {
        HttpResponse<String> answer = InputApplication.post(url, "{\"name\":\"Zoë\"}".getBytes(StandardCharsets.UTF_8),
                "Content-Type", type);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValueSatisfying(
                json -> assertThat(json).startsWith("application/json"));
        assertThat(answer.body()).contains("\"status\":\"completed\"", "\"name\":\"Zoë\"", "\"said\":true");
    }

    /** A web page can send such a body to any address that its reader's browser reaches. */
    @Test
    void problem_isAnswered_withoutAContentType() throws Exception {
        for (String[] more : List.of(new String[] { "Accept", "*/*" }, new String[] { "Accept", "text/event-stream" },
                new String[] { "Accept", "image/png" }, new String[] { "Idempotency-Key", "7" },
                new String[] { "ce-specversion", "1.0", "ce-id", "1", "ce-source", "/here", "ce-type", "t" })) {
            HttpResponse<String> answer = InputApplication.post(url, "{\"name\":\"Ada\"}".getBytes(StandardCharsets.UTF_8),
                    more);
            assertThat(answer.statusCode()).as(String.join(" ", more)).isEqualTo(415);
            assertThat(answer.body()).contains("\"title\":\"Unsupported Media Type\"",
                    "the content type is missing. Send application/json");
        }
        InputApplication.nextOneIsAnswered();
    }

    @Test
    void problem_isAnswered_forOtherMediaTypes() throws Exception {
        for (String type : List.of("text/plain", "application/xml", "application/x-www-form-urlencoded",
                "application/octet-stream",
                "multipart/form-data; boundary=x", "nonsense", "", "application/", "/", "application/cloudevents-batch+json")) {
            HttpResponse<String> answer = InputApplication.post(url, "{}".getBytes(StandardCharsets.UTF_8), "Content-Type",
                    type);
            assertThat(answer.statusCode()).as(type).isEqualTo(415);
            assertThat(answer.headers().firstValue("content-type")).hasValueSatisfying(
                    problem -> assertThat(problem).startsWith("application/problem+json"));
            assertThat(answer.body()).contains("\"status\":415", "\"title\":\"Unsupported Media Type\"",
                    "content type '" + type.split(";")[0] + "' is not accepted. Send application/json, or a CloudEvent");
        }
        InputApplication.nextOneIsAnswered();
    }

    @Test
    void problem_isAnswered_forAnInvalidAcceptHeader() throws Exception {
        HttpResponse<String> answer = InputApplication.post(url, "{}".getBytes(StandardCharsets.UTF_8), "Content-Type",
                "application/json", "Accept",
                "garbage");
        assertThat(answer.statusCode()).isEqualTo(406);
    }

    @Test
    void answer_hasTheRequestedType() throws Exception {
        for (String accept : List.of("*/*", "application/json", "application/*", "text/event-stream;q=0.1, application/json")) {
            InputApplication.post(InputApplication.json().header("Accept", accept), "{}").statusCode(200)
                    .contentType("application/json");
        }
        InputApplication.post(InputApplication.json().header("Accept", "text/event-stream"), "{}").statusCode(200)
                .contentType(containsString("text/event-stream")).body(endsWith("\n\n"));
        HttpResponse<String> other = InputApplication.post(url, "{}".getBytes(StandardCharsets.UTF_8), "Content-Type",
                "application/json",
                "Accept", "image/png");
        assertThat(other.statusCode()).as(other.headers() + other.body()).isEqualTo(406);
        InputApplication.nextOneIsAnswered();
    }

    @Test
    void otherMethods_areRefused() {
        given().get("/").then().statusCode(405);
        given().get("/nowhere").then().statusCode(404);
    }
}
