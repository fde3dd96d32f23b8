package dev.pocketflow.quarkus.deployment.entry;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

import jakarta.enterprise.inject.Produces;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import com.sun.management.OperatingSystemMXBean;

import dev.pocketflow.Flow;
import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

class HttpInputTest {

    private static final int MEGABYTE = 1_000_000;

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(SayNode.class, Flows.class)
            .overrideConfigKey("pocketflow.in-flight.max-memory", "4G"); // what is refused here is refused for what it is

    static class Flows {
        @Produces
        Flow flow(SayNode say) {
            return Flow.named("served").node("say", say).build();
        }
    }

    @TestHTTPResource("/")
    URL url;

    /** RestAssured takes liberties with content types, so bytes go by Java's own client. */
    private HttpResponse<String> post(byte[] body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url.toString())).timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private static RequestSpecification json() {
        return given().contentType("application/json");
    }

    private static ValidatableResponse post(RequestSpecification request, String body) {
        return request.body(body.getBytes(StandardCharsets.UTF_8)).post("/").then();
    }

    private static void nextOneIsAnswered() {
        post(json(), "{\"next\":1}").statusCode(200).body("store.next", equalTo(1));
    }

    static Stream<String> jsonTypes() {
        return Stream.of("application/json", "application/json; charset=UTF-8", "Application/JSON;charset=\"utf-8\"",
                "application/vnd.acme.thing+json");
    }

    @ParameterizedTest
    @MethodSource("jsonTypes")
    void object_isTheStore_forJsonTypes(String type) throws Exception {
        HttpResponse<String> answer = post("{\"name\":\"Zoë\"}".getBytes(StandardCharsets.UTF_8), "Content-Type", type);
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
            HttpResponse<String> answer = post("{\"name\":\"Ada\"}".getBytes(StandardCharsets.UTF_8), more);
            assertThat(answer.statusCode()).as(String.join(" ", more)).isEqualTo(415);
            assertThat(answer.body()).contains("\"title\":\"Unsupported Media Type\"",
                    "the content type is missing. Send application/json");
        }
        nextOneIsAnswered();
    }

    /** By version 1.1 of HTTP: an upgrade to version 2 leaves one of the two. */
    @Test
    void problem_isAnswered_forAHeaderThatNamesTheEventTwice() throws Exception {
        for (String name : List.of("ce-id", "ce-source", "Idempotency-Key")) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url.toString())).version(HttpClient.Version.HTTP_1_1)
                    .headers("Content-Type", "application/json", name, "a", name, "b").POST(BodyPublishers.ofString("{}"))
                    .build();
            HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(name).isEqualTo(400);
            assertThat(answer.body()).contains("the header " + name + " comes 2 times");
        }
    }

    @Test
    void problem_isAnswered_forAHeaderOfACloudEventThatIsNotEncoded() {
        for (String id : List.of("100%", "%C0%A0", "%0A", "\"a")) {
            post(json().headers("ce-specversion", "1.0", "ce-id", id, "ce-source", "/here", "ce-type", "t"), "{}")
                    .statusCode(400)
                    .contentType("application/problem+json").body("detail", containsString("id"));
        }
    }

    @Test
    void emptyObject_isAnEmptyStore() {
        post(json(), "{}").statusCode(200).body("store.size()", equalTo(1));
    }

    @Test
    void lastOne_isTaken_ofDuplicateKeys() {
        post(json(), "{\"a\":1,\"a\":2}").statusCode(200).body("store.a", equalTo(2));
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
    void problem_isAnswered_forWhatIsNoJsonObject(String body, String accept) {
        post(json().accept(accept), body).statusCode(400)
                .contentType("application/problem+json").body("status", equalTo(400)).body("title", equalTo("Bad Request"))
                .body("detail", containsString("the body is ")).body(not(containsString("secret")))
                .body(not(containsString("99")));
        nextOneIsAnswered();
    }

    @Test
    void problem_saysWhere_forInvalidJson() {
        post(json(), "{\n  \"a\": oops}").statusCode(400)
                .body("detail", equalTo("the body is not valid JSON, at line 2, column 8"));
    }

    @Test
    void problem_namesTheLimit_forValidJsonBeyondOne() {
        post(json(), "{\"a\":" + "[".repeat(2000) + "]".repeat(2000) + "}").statusCode(400)
                .body("detail", containsString("beyond what is read as JSON: Document nesting depth"));
        post(json(), "{\"a\":" + "1".repeat(2000) + "}").statusCode(400).body("detail", containsString("Number value length"));
        post(json(), "{\"a\":[{\"b\":1e999}]}").statusCode(400).body("detail", containsString("a number that is too large"));
        post(json(), " \n").statusCode(400).body("detail", containsString("the body is empty"));
        nextOneIsAnswered();
    }

    @Test
    void problem_isAnswered_forABinaryCloudEventWithoutVersion() {
        given().contentType("application/json").header("ce-id", "1").header("ce-type", "t").body("{}").post("/").then()
                .statusCode(400).body("detail", equalTo("the CloudEvent has no specversion, source"));
    }

    @Test
    void problem_isAnswered_forWhatIsNotUtf8() throws Exception {
        for (String type : List.of("application/json", "application/json; charset=ISO-8859-1")) {
            HttpResponse<String> answer = post("{\"name\":\"Zoë\"}".getBytes(StandardCharsets.ISO_8859_1), "Content-Type",
                    type);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("the body is not valid JSON").doesNotContain("Zo");
        }
    }

    @Test
    void problem_isAnswered_forOtherMediaTypes() throws Exception {
        for (String type : List.of("text/plain", "application/xml", "application/x-www-form-urlencoded",
                "application/octet-stream",
                "multipart/form-data; boundary=x", "nonsense", "", "application/", "/", "application/cloudevents-batch+json")) {
            HttpResponse<String> answer = post("{}".getBytes(StandardCharsets.UTF_8), "Content-Type", type);
            assertThat(answer.statusCode()).as(type).isEqualTo(415);
            assertThat(answer.headers().firstValue("content-type")).hasValueSatisfying(
                    problem -> assertThat(problem).startsWith("application/problem+json"));
            assertThat(answer.body()).contains("\"status\":415", "\"title\":\"Unsupported Media Type\"",
                    "content type '" + type.split(";")[0] + "' is not taken. Send application/json, or a CloudEvent");
        }
        nextOneIsAnswered();
    }

    /** {@return the time that this process has had on a processor, which the machine's other load does not add to} */
    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    @Test
    void problem_isAnsweredAtOnce_forDeepNesting() throws Exception {
        for (String open : List.of("[", "{\"a\":")) {
            byte[] body = open.repeat(10 * MEGABYTE / open.length()).getBytes(StandardCharsets.UTF_8);
            long begun = cpuNanos();
            assertThat(post(body, "Content-Type", "application/json").statusCode()).isEqualTo(400);
            assertThat(Duration.ofNanos(cpuNanos() - begun)).isLessThan(Duration.ofSeconds(10));
        }
        nextOneIsAnswered();
    }

    @Test
    void largeText_isTakenAndAnswered() {
        String text = "x".repeat(5 * MEGABYTE);
        String stored = post(json(), "{\"text\":\"" + text + "\"}").statusCode(200).extract()
                .path("store.text");
        assertThat(stored).hasSize(text.length());
    }

    @Test
    void body_isRefused_overTheSizeLimit() throws Exception {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream().write(("POST / HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"
                    + "Content-Length: " + 11 * MEGABYTE + "\r\n\r\n{").getBytes(StandardCharsets.US_ASCII));
            assertThat(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine())
                    .startsWith("HTTP/1.1 413 ");
        }
        nextOneIsAnswered();
    }

    @Test
    void data_isTheStore_ofABinaryCloudEvent() {
        post(event(), "{\"name\":\"Ada\"}").statusCode(200).body("store.name", equalTo("Ada"))
                .body("store", not(hasKey("specversion")));
        post(json().headers("ce-specversion", "1.0", "ce-id", "1", "ce-source", "/here"), "{}").statusCode(400)
                .body("detail", equalTo("the CloudEvent has no type"));
        post(json().headers("ce-specversion", "1.0"), "{}").statusCode(400)
                .body("detail", equalTo("the CloudEvent has no id, source, type"));
        post(json().headers("ce-specversion", "0.3", "ce-id", "1", "ce-source", "/here", "ce-type", "t"), "{}").statusCode(400)
                .body("detail", equalTo("the CloudEvent's specversion is not 1.0"));
        post(event(), "[]").statusCode(400).body("detail", containsString("is not a JSON object"));
    }

    private static RequestSpecification event() {
        return json().headers("ce-specversion", "1.0", "ce-id", "1", "ce-source", "/here", "ce-type", "t");
    }

    private static String structured(String more) {
        return "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/here\",\"type\":\"t\"" + more + "}";
    }

    private static ValidatableResponse structuredPost(String body) {
        return post(given().header("Content-Type", "application/cloudevents+json; charset=utf-8"), body);
    }

    @Test
    void data_isTheStore_ofAStructuredCloudEvent() {
        structuredPost(structured(",\"data\":{\"name\":\"Ada\"}")).statusCode(200).body("store.name", equalTo("Ada"))
                .body("store", not(hasKey("id")));
        String encoded = Base64.getEncoder().encodeToString("{\"name\":\"Ada\"}".getBytes(StandardCharsets.UTF_8));
        structuredPost(structured(",\"data_base64\":\"" + encoded + "\"")).statusCode(200).body("store.name", equalTo("Ada"));
    }

    @Test
    void problem_isAnswered_forAWrongStructuredCloudEvent() {
        structuredPost("{\"specversion\":\"1.0\",\"id\":\"\",\"source\":7,\"data\":{}}").statusCode(400)
                .contentType("application/problem+json").body("detail", equalTo("the CloudEvent has no id, source, type"));
        structuredPost(structured("").replace("1.0", "0.3")).statusCode(400)
                .body("detail", equalTo("the CloudEvent's specversion is not 1.0"));
        for (String data : List.of("", ",\"data\":null", ",\"data\":\"secret\"", ",\"data\":[1]",
                ",\"data_base64\":\"" + Base64.getEncoder().encodeToString("[1]".getBytes(StandardCharsets.UTF_8)) + "\"")) {
            structuredPost(structured(data)).statusCode(400)
                    .body("detail",
                            equalTo("the CloudEvent's data is not a JSON object. Send one, the initial store; {} for none"));
        }
        structuredPost(structured(",\"data_base64\":\"***\"")).statusCode(400)
                .body("detail", equalTo("the CloudEvent's data_base64 is not Base64"));
        structuredPost(structured(",\"data_base64\":\"\"")).statusCode(400)
                .body("detail", containsString("the CloudEvent's data is empty"));
        structuredPost(structured(",\"data\":{},\"data_base64\":\"e30=\"")).statusCode(400)
                .body("detail", equalTo("the CloudEvent has both data and data_base64. Send one of them"));
        structuredPost(structured(",\"datacontenttype\":\"text/xml\",\"data\":{}")).statusCode(415);
        structuredPost("[]").statusCode(400).body("detail", containsString("the CloudEvent is not a JSON object"));
        nextOneIsAnswered();
    }

    @Test
    void problem_isAnswered_forAnAcceptHeaderThatIsNone() throws Exception {
        HttpResponse<String> answer = post("{}".getBytes(StandardCharsets.UTF_8), "Content-Type", "application/json", "Accept",
                "garbage");
        assertThat(answer.statusCode()).isEqualTo(406);
    }

    @Test
    void answer_isWhatIsAskedFor() throws Exception {
        for (String accept : List.of("*/*", "application/json", "application/*", "text/event-stream;q=0.1, application/json")) {
            post(json().header("Accept", accept), "{}").statusCode(200)
                    .contentType("application/json");
        }
        post(json().header("Accept", "text/event-stream"), "{}").statusCode(200)
                .contentType(containsString("text/event-stream")).body(endsWith("\n\n"));
        HttpResponse<String> other = post("{}".getBytes(StandardCharsets.UTF_8), "Content-Type", "application/json",
                "Accept", "image/png");
        assertThat(other.statusCode()).as(other.headers() + other.body()).isEqualTo(406);
        nextOneIsAnswered();
    }

    @Test
    void otherMethods_areRefused() {
        given().get("/").then().statusCode(405);
        given().get("/nowhere").then().statusCode(404);
    }
}
