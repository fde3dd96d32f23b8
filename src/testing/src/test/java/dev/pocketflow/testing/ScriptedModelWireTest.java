package dev.pocketflow.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.testing.model.ModelRequest;

/** The bytes on the wire, compared with OpenAI's reference. */
@ScriptedModelTest(yaml = """
        - {when: plain, answer: Hi there.}
        - {when: paced, answer: a b c d e, tokens-per-second: 50}
        - {when: late, answer: At last., delay: 120ms}
        - {when: call, tool: {name: look, arguments: {at: it}}}
        - {when: no way, refuse: No.}
        - {when: limit, error: {status: 429, retry-after: 1500ms}}
        - {when: broken, error: 500}
        - {when: busy, error: {status: 503, retry-after: 2s}}
        - {when: nonsense, garbage: 'not { json'}
        - {when: brief silence, hang: 50ms}
        - {when: gone, drop: true}
        """)
class ScriptedModelWireTest {

    @Test
    void completionHasOpenAisShape_whenPlain(ScriptedModel model) throws Exception {
        HttpResponse<String> response = OpenAiCalls.post(model.baseUrl() + "/chat/completions", OpenAiCalls.chat("plain"));

        JsonNode json = OpenAiCalls.json(response);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(json.path("id").asText()).startsWith("chatcmpl-");
        assertThat(json.path("object").asText()).isEqualTo("chat.completion");
        assertThat(json.path("created").asLong()).isGreaterThan(1_700_000_000);
        assertThat(json.path("choices")).hasSize(1);
        assertThat(json.at("/choices/0/message/role").asText()).isEqualTo("assistant");
        assertThat(json.at("/choices/0/message/content").asText()).isEqualTo("Hi there.");
        assertThat(json.at("/choices/0/message/refusal").isNull()).isTrue();
        assertThat(json.at("/choices/0/message").has("tool_calls")).isFalse();
        assertThat(json.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(json.at("/usage/total_tokens").asInt())
                .isEqualTo(json.at("/usage/prompt_tokens").asInt() + json.at("/usage/completion_tokens").asInt());
    }

    @Test
    void streamEndsWithUsageAndDone_whenUsageIsAskedFor(ScriptedModel model) throws Exception {
        HttpResponse<String> response = OpenAiCalls.post(model.baseUrl() + "/chat/completions",
                OpenAiCalls.chat("plain", ",\"stream\":true,\"stream_options\":{\"include_usage\":true}"));

        List<String> events = OpenAiCalls.events(response);
        List<JsonNode> chunks = events.subList(0, events.size() - 1).stream().map(OpenAiCalls::json).toList();
        assertThat(response.headers().firstValue("content-type")).hasValue("text/event-stream; charset=utf-8");
        assertThat(events).last().isEqualTo("[DONE]");
        assertThat(chunks).allSatisfy(chunk -> {
            assertThat(chunk.path("object").asText()).isEqualTo("chat.completion.chunk");
            assertThat(chunk.path("id")).isEqualTo(chunks.get(0).path("id"));
            assertThat(chunk.has("usage")).isTrue();
        });
        assertThat(chunks.get(0).at("/choices/0/delta").toString())
                .isEqualTo("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}");
        assertThat(chunks.subList(1, 4)).extracting(chunk -> chunk.at("/choices/0/delta/content").asText())
                .containsExactly("Hi", " there", ".");
        assertThat(chunks.get(4).at("/choices/0/delta")).isEmpty();
        assertThat(chunks.get(4).at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(chunks.get(5).path("choices")).isEmpty();
        assertThat(chunks.get(5).at("/usage/completion_tokens").asInt()).isEqualTo(3);
    }

    @Test
    void streamHasNoUsage_unlessAskedFor(ScriptedModel model) throws Exception {
        HttpResponse<String> response = OpenAiCalls.post(model.baseUrl() + "/chat/completions",
                OpenAiCalls.chat("plain", ",\"stream\":true"));

        assertThat(response.body()).doesNotContain("usage").endsWith("data: [DONE]\n\n");
    }

    @Test
    void streamTakesItsTime_whenPaced(ScriptedModel model) throws Exception {
        long start = System.nanoTime();
        HttpResponse<String> response = OpenAiCalls.post(model.baseUrl() + "/chat/completions",
                OpenAiCalls.chat("paced", ",\"stream\":true"));

        assertThat(OpenAiCalls.events(response)).hasSize(8);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(7 * 20));
    }

    @Test
    void answerComesLate_whenDelayed(ScriptedModel model) throws Exception {
        long start = System.nanoTime();

        assertThat(OpenAiCalls.post(model.baseUrl() + "/chat/completions", OpenAiCalls.chat("late")).statusCode())
                .isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(120));
    }

    @Test
    void toolCallHasOpenAisShape_wholeAndStreamed(ScriptedModel model) throws Exception {
        JsonNode whole = OpenAiCalls.json(OpenAiCalls.post(model.baseUrl() + "/chat/completions", OpenAiCalls.chat("call")));
        List<String> events = OpenAiCalls
                .events(OpenAiCalls.post(model.baseUrl() + "/chat/completions", OpenAiCalls.chat("call", ",\"stream\":true")));

        assertThat(whole.at("/choices/0/message/content").isNull()).isTrue();
        assertThat(whole.at("/choices/0/message/tool_calls/0/type").asText()).isEqualTo("function");
        assertThat(whole.at("/choices/0/message/tool_calls/0/id").asText()).startsWith("call-");
        assertThat(whole.at("/choices/0/message/tool_calls/0/function/arguments").asText()).isEqualTo("{\"at\":\"it\"}");
        assertThat(whole.at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
        JsonNode first = OpenAiCalls.json(events.get(1)).at("/choices/0/delta/tool_calls/0");
        assertThat(first.path("index").asInt()).isZero();
        assertThat(first.at("/function/name").asText()).isEqualTo("look");
        assertThat(events.subList(2, events.size() - 2)).extracting(
                event -> OpenAiCalls.json(event).at("/choices/0/delta/tool_calls/0/function/arguments").asText())
                .hasSizeGreaterThan(1).satisfies(parts -> assertThat(String.join("", parts)).isEqualTo("{\"at\":\"it\"}"));
    }

    @Test
    void refusalStandsBesideTheContent_wholeAndStreamed(ScriptedModel model) throws Exception {
        JsonNode whole = OpenAiCalls.json(OpenAiCalls.post(model.baseUrl() + "/chat/completions", OpenAiCalls.chat("no way")));
        String streamed = OpenAiCalls
                .post(model.baseUrl() + "/chat/completions", OpenAiCalls.chat("no way", ",\"stream\":true")).body();

        assertThat(whole.at("/choices/0/message/content").isNull()).isTrue();
        assertThat(whole.at("/choices/0/message/refusal").asText()).isEqualTo("No.");
        assertThat(streamed).contains("\"delta\":{\"refusal\":\"No\"}");
    }

    @ParameterizedTest
    @CsvSource({ "limit, 429, 2, 1500, requests, rate_limit_exceeded", "busy, 503, 2, 2000, server_error,",
            "broken, 500,,, server_error," })
    void errorHasStatusAndRetryAfter_whenScripted(String message, int status, String seconds, String millis, String type,
            String code,
            ScriptedModel model) throws Exception {
        HttpResponse<String> response = OpenAiCalls.post(model.baseUrl() + "/chat/completions", OpenAiCalls.chat(message));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("retry-after").orElse(null)).isEqualTo(seconds);
        assertThat(response.headers().firstValue("retry-after-ms").orElse(null)).isEqualTo(millis);
        assertThat(OpenAiCalls.json(response).at("/error/type").asText()).isEqualTo(type);
        assertThat(OpenAiCalls.json(response).at("/error/code").asText(null)).isEqualTo(code);
        assertThat(OpenAiCalls.json(response).at("/error/message").asText()).isNotBlank();
        assertThat(OpenAiCalls.json(response).at("/error").has("param")).isTrue();
    }

    @Test
    void bodyIsNoJson_whenGarbage(ScriptedModel model) throws Exception {
        assertThat(OpenAiCalls.post(model.baseUrl() + "/chat/completions", OpenAiCalls.chat("nonsense")).body())
                .isEqualTo("not { json");
    }

    @ParameterizedTest
    @CsvSource({ "brief silence", "gone" })
    void connectionEndsWithoutAnswer_whenHungOrDropped(String message, ScriptedModel model) throws Exception {
        assertThatThrownBy(() -> OpenAiCalls.post(model.baseUrl() + "/chat/completions", OpenAiCalls.chat(message)))
                .isInstanceOf(IOException.class);

        assertThat(OpenAiCalls.post(model.baseUrl() + "/chat/completions", OpenAiCalls.chat("plain")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void unauthorized_withoutAKey(ScriptedModel model) throws Exception {
        HttpResponse<String> response = OpenAiCalls.send(OpenAiCalls.request(model.baseUrl() + "/chat/completions")
                .POST(HttpRequest.BodyPublishers.ofString(OpenAiCalls.chat("plain"))));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(OpenAiCalls.json(response).at("/error/type").asText()).isEqualTo("invalid_request_error");
        assertThat(OpenAiCalls.json(response).at("/error/message").asText()).startsWith("You didn't provide an API key");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "/chat/completions | {not json | 400 | We could not parse the JSON body of your request",
            "/chat/completions | `` | 400 | We could not parse the JSON body of your request",
            "/chat/completions | [1] | 400 | We could not parse the JSON body of your request",
            "/chat/completions | {\"messages\":[{}]} | 400 | Missing required parameter: 'model'",
            "/chat/completions | {\"model\":\"m\"} | 400 | Missing required parameter: 'messages'",
            "/chat/completions | {\"model\":\"m\",\"messages\":[]} | 400 | 'messages' must be a list",
            "/embeddings | {\"model\":\"m\"} | 400 | Missing required parameter: 'input'",
            "/embeddings | {\"model\":\"m\",\"input\":\"\"} | 400 | 'input' must be a text",
            "/embeddings | {\"model\":\"m\",\"input\":[\"a\",\"\"]} | 400 | 'input' must be a text",
            "/embeddings | {\"model\":\"m\",\"input\":\"a\",\"dimensions\":0} | 400 | 'dimensions' must be",
            "/embeddings | {\"model\":\"m\",\"input\":\"a\",\"dimensions\":\"many\"} | 400 | 'dimensions' must be",
            "/completions | {} | 404 | Unknown request URL: POST /v1/completions",
            "/models | {} | 405 | Only GET requests are accepted" })
    void errorSaysWhatIsWrong_whenTheRequestIsBad(String path, String body, int status, String message, ScriptedModel model)
            throws Exception {
        HttpResponse<String> response = OpenAiCalls.post(model.baseUrl() + path, body);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(OpenAiCalls.json(response).at("/error/type").asText()).isEqualTo("invalid_request_error");
        assertThat(OpenAiCalls.json(response).at("/error/message").asText()).startsWith(message);
        assertThat(model.requests()).singleElement().extracting(ModelRequest::status).isEqualTo(status);
    }

    @Test
    void unreadable_whenNestedTooDeep(ScriptedModel model) throws Exception {
        HttpResponse<String> response = OpenAiCalls.post(model.baseUrl() + "/chat/completions", "[".repeat(1_000_000));

        assertThat(response.statusCode()).isEqualTo(400);
    }

    @Test
    void tooLarge_whenOver32MiB(ScriptedModel model) throws Exception {
        HttpResponse<String> response = OpenAiCalls.post(model.baseUrl() + "/chat/completions", " ".repeat((32 << 20) + 1));

        assertThat(response.statusCode()).isEqualTo(413);
    }

    @Test
    void notImplementedNamesRulesAndMessage_whenNoRuleMatches(ScriptedModel model) throws Exception {
        HttpResponse<String> response = OpenAiCalls.post(model.baseUrl() + "/chat/completions",
                OpenAiCalls.chat("x".repeat(100)));

        assertThat(response.statusCode()).isEqualTo(501);
        assertThat(OpenAiCalls.json(response).at("/error/message").asText())
                .contains("script: 1 (user \"plain\"), 2 (user \"paced\")")
                .contains("11 (user \"gone\")").endsWith("began: \"" + "x".repeat(80) + "\"");
    }

    @Test
    void vectorIsTheSame_asFloatsAndAsBase64(ScriptedModel model) throws Exception {
        JsonNode floats = OpenAiCalls.json(OpenAiCalls.post(model.baseUrl() + "/embeddings",
                "{\"model\":\"e\",\"input\":[\"one\",\"two\"],\"dimensions\":8}"));
        JsonNode base64 = OpenAiCalls.json(OpenAiCalls.post(model.baseUrl() + "/embeddings",
                "{\"model\":\"e\",\"input\":\"two\",\"dimensions\":8,\"encoding_format\":\"base64\"}"));

        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64.at("/data/0/embedding").asText()))
                .order(ByteOrder.LITTLE_ENDIAN);
        JsonNode second = floats.at("/data/1/embedding");
        double length = 0;
        for (JsonNode number : second) {
            assertThat(bytes.getFloat()).isEqualTo((float) number.asDouble());
            length += number.asDouble() * number.asDouble();
        }
        assertThat(bytes.hasRemaining()).isFalse();
        assertThat(length).isCloseTo(1, within(1e-6));
        assertThat(floats.at("/data/1/index").asInt()).isEqualTo(1);
        assertThat(floats.at("/usage/prompt_tokens").asInt()).isEqualTo(2);
        assertThat(OpenAiCalls.json(OpenAiCalls.post(model.baseUrl() + "/embeddings", "{\"model\":\"e\",\"input\":[[1,2]]}"))
                .at("/data/0/embedding")).hasSize(1536);
    }

    @Test
    void modelsAreListed(ScriptedModel model) throws Exception {
        JsonNode models = OpenAiCalls.json(OpenAiCalls.get(model.baseUrl() + "/models"));

        assertThat(models.path("object").asText()).isEqualTo("list");
        assertThat(models.at("/data/0/object").asText()).isEqualTo("model");
    }
}
