package dev.pocketflow.quarkus.deployment.input;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

/** CloudEvents, binary and structured. */
class CloudEventInputTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = InputApplication.APP;

    @TestHTTPResource("/")
    URL url;

    /** Uses version 1.1 of HTTP: an upgrade to version 2 drops one of the two. */
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
    void problem_isAnswered_forAHeaderThatIsNotEncoded() {
        for (String id : List.of("100%", "%C0%A0", "%0A", "\"a")) {
            InputApplication
                    .post(InputApplication.json().headers("ce-specversion", "1.0", "ce-id", id, "ce-source", "/here", "ce-type",
                            "t"), "{}")
                    .statusCode(400)
                    .contentType("application/problem+json").body("detail", containsString("id"));
        }
    }

    @Test
    void problem_isAnswered_forABinaryCloudEventWithoutVersion() {
        given().contentType("application/json").header("ce-id", "1").header("ce-type", "t").body("{}").post("/").then()
                .statusCode(400).body("detail", equalTo("the CloudEvent has no specversion, source"));
    }

    @Test
    void data_isTheStore_ofABinaryCloudEvent() {
        InputApplication.post(event(), "{\"name\":\"Ada\"}").statusCode(200).body("store.name", equalTo("Ada"))
                .body("store", not(hasKey("specversion")));
        InputApplication
                .post(InputApplication.json().headers("ce-specversion", "1.0", "ce-id", "1", "ce-source", "/here"), "{}")
                .statusCode(400)
                .body("detail", equalTo("the CloudEvent has no type"));
        InputApplication.post(InputApplication.json().headers("ce-specversion", "1.0"), "{}").statusCode(400)
                .body("detail", equalTo("the CloudEvent has no id, source, type"));
        InputApplication
                .post(InputApplication.json().headers("ce-specversion", "0.3", "ce-id", "1", "ce-source", "/here", "ce-type",
                        "t"), "{}")
                .statusCode(400)
                .body("detail", equalTo("the CloudEvent's specversion is not 1.0"));
        InputApplication.post(event(), "[]").statusCode(400).body("detail", containsString("is not a JSON object"));
    }

    private static RequestSpecification event() {
        return InputApplication.json().headers("ce-specversion", "1.0", "ce-id", "1", "ce-source", "/here", "ce-type", "t");
    }

    private static String structured(String more) {
        return "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/here\",\"type\":\"t\"" + more + "}";
    }

    private static ValidatableResponse structuredPost(String body) {
        return InputApplication.post(given().header("Content-Type", "application/cloudevents+json; charset=utf-8"), body);
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
        InputApplication.nextOneIsAnswered();
    }
}
