package dev.pocketflow.cloud.url;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.cloud.HttpCalls;
import dev.pocketflow.cloud.invocation.LambdaError;
import dev.pocketflow.cloud.lambda.LocalLambda;

/** The URL of a function. */
class FunctionUrlTest {

    private final AtomicReference<String> answer = new AtomicReference<>("{\"statusCode\":200}");
    private final AtomicReference<JsonNode> event = new AtomicReference<>();

    private HttpResponse<String> call(String path, String type, String body) throws Exception {
        try (LocalLambda lambda = LocalLambda.builder().function("f", spec -> spec.handler((json, context) -> {
            event.set(HttpCalls.json(new String(json, StandardCharsets.UTF_8)));
            if (answer.get() == null) {
                throw new IllegalStateException("out of order");
            }
            return answer.get().getBytes(StandardCharsets.UTF_8);
        })).start(); FunctionUrl url = FunctionUrl.open(lambda, "f", 0)) {
            return HttpCalls.send(HttpCalls.request(url.uri().resolve(path).toString()).header("Content-Type", type)
                    .header("X-Twice", "a").header("X-Twice", "b").POST(BodyPublishers.ofString(body)));
        }
    }

    @Test
    void request_isAnEvent_inPayloadFormat2() throws Exception {
        call("/a%20b?store=all&x=1&x=2", "application/json; charset=UTF-8", "{\"a\":\"ä\"}");

        JsonNode request = event.get();
        assertThat(request.path("version").asText()).isEqualTo("2.0");
        assertThat(request.path("rawPath").asText()).isEqualTo("/a%20b");
        assertThat(request.path("rawQueryString").asText()).isEqualTo("store=all&x=1&x=2");
        assertThat(request.at("/queryStringParameters/x").asText()).isEqualTo("1,2");
        assertThat(request.at("/requestContext/http/method").asText()).isEqualTo("POST");
        assertThat(request.at("/headers/x-twice").asText()).isEqualTo("a,b");
        assertThat(request.path("body").asText()).isEqualTo("{\"a\":\"ä\"}");
        assertThat(request.path("isBase64Encoded").asBoolean()).isFalse();
    }

    @Test
    void bodyThatIsNoText_isBase64() throws Exception {
        call("/", "application/octet-stream", "abc");

        assertThat(event.get().path("body").asText()).isEqualTo("YWJj");
        assertThat(event.get().path("isBase64Encoded").asBoolean()).isTrue();
    }

    @Test
    void answer_hasItsStatusHeadersAndBody() throws Exception {
        answer.set("{\"statusCode\":202,\"headers\":{\"Content-Type\":\"text/plain\",\"Retry-After\":\"5\"},\"body\":\"YWJj\","
                + "\"isBase64Encoded\":true}");

        HttpResponse<String> response = call("/", "text/plain", "");

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).isEqualTo("abc");
        assertThat(response.headers().firstValue("Content-Type")).contains("text/plain");
        assertThat(response.headers().firstValue("Retry-After")).contains("5");
    }

    @Test
    void answerWithoutStatus_isTheBody() throws Exception {
        answer.set("{\"status\":\"completed\"}");

        HttpResponse<String> response = call("/", "text/plain", "");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"status\":\"completed\"}");
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    }

    @Test
    void errorOfTheFunction_isABadGateway() throws Exception {
        answer.set(null);

        assertThat(call("/", "text/plain", "").statusCode()).isEqualTo(502);
    }

    @Test
    void requestBeyondTheLimit_isRefused() throws Exception {
        assertThat(call("/", "text/plain", "x".repeat(LambdaError.SYNC_BYTES + 1)).statusCode()).isEqualTo(413);
        assertThat(event.get()).isNull();
    }
}
