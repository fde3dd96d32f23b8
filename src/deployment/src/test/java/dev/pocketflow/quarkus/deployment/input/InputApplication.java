package dev.pocketflow.quarkus.deployment.input;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import jakarta.enterprise.inject.Produces;

import dev.pocketflow.Flow;
import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

/** An application whose flow leaves its input in the store. */
final class InputApplication {

    static final QuarkusUnitTest APP = TestApplication
            .shared(List.of(CloudEventInputTest.class, JsonInputTest.class, MediaTypeTest.class), InputApplication.class,
                    SayNode.class)
            .overrideConfigKey("quarkus.pocketflow.in-flight.max-memory", "4G"); // so that only the input itself can be refused

    private InputApplication() {
    }

    static class Flows {
        @Produces
        Flow flow(SayNode say) {
            return Flow.named("served").node("say", say).build();
        }
    }

    /** RestAssured changes content types, so Java's own client sends the bytes. */
    static HttpResponse<String> post(URL url, byte[] body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url.toString())).timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    static RequestSpecification json() {
        return given().contentType("application/json");
    }

    static ValidatableResponse post(RequestSpecification request, String body) {
        return request.body(body.getBytes(StandardCharsets.UTF_8)).post("/").then();
    }

    static void nextOneIsAnswered() {
        post(json(), "{\"next\":1}").statusCode(200).body("store.next", equalTo(1));
    }
}
