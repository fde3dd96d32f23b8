package dev.pocketflow.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.store.embedding.CosineSimilarity;
import dev.pocketflow.testing.model.ModelRequest;

/** The scripted model as langchain4j's own OpenAI client sees it. */
class ScriptedModelClientTest {

    @Test
    @ScriptedModelTest(yaml = "- {when: /capital of (\\w+)/, answer: 'The capital of {{1}} is a city.'}")
    void answersWithText_whenARuleSaysSo(ScriptedModel model) {
        ChatResponse response = chat(model, 0)
                .chat(ChatRequest.builder().messages(UserMessage.from("The capital of Peru?")).build());

        assertThat(response.aiMessage().text()).isEqualTo("The capital of Peru is a city.");
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(response.modelName()).isEqualTo("gpt-4o-mini");
        assertThat(response.tokenUsage().inputTokenCount()).isEqualTo(9);
        assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(8);
        assertThat(response.tokenUsage().totalTokenCount()).isEqualTo(17);
    }

    @Test
    @ScriptedModelTest(yaml = """
            - when: {tool-result: /(\\d+) degrees/}
              answer: "Mild: {{1}}."
            - when: {user: /weather in (\\w+)/, tool: weather}
              tool: {name: weather, arguments: {city: "{{1}}", days: 3}}
            """)
    void callsToolAndUsesItsResult_whenTheToolIsOffered(ScriptedModel model) {
        ToolSpecification tool = ToolSpecification.builder().name("weather")
                .parameters(JsonObjectSchema.builder().addStringProperty("city").build()).build();
        UserMessage question = UserMessage.from("The weather in Oslo, please");

        AiMessage call = chat(model, 0).chat(ChatRequest.builder().messages(question).toolSpecifications(tool).build())
                .aiMessage();
        AiMessage answer = chat(model, 0).chat(ChatRequest.builder().toolSpecifications(tool)
                .messages(question, call, ToolExecutionResultMessage.from(call.toolExecutionRequests().get(0), "19 degrees"))
                .build()).aiMessage();

        assertThat(call.toolExecutionRequests()).singleElement().satisfies(request -> {
            assertThat(request.name()).isEqualTo("weather");
            assertThat(request.arguments()).isEqualTo("{\"city\":\"Oslo\",\"days\":3}");
            assertThat(request.id()).isNotBlank();
        });
        assertThat(answer.text()).isEqualTo("Mild: 19.");
    }

    @Test
    @ScriptedModelTest(yaml = "- {json: {action: search, query: '{{user}}'}}")
    void answersWithJson_whenStructuredOutputIsScripted(ScriptedModel model) {
        ChatResponse response = chat(model, 0).chat(ChatRequest.builder().messages(UserMessage.from("say \"hi\""))
                .responseFormat(ResponseFormat.builder().type(ResponseFormatType.JSON).jsonSchema(JsonSchema.builder()
                        .name("decision").rootElement(JsonObjectSchema.builder().addStringProperty("action").build()).build())
                        .build())
                .build());

        assertThat(OpenAiCalls.json(response.aiMessage().text()).path("query").asText()).isEqualTo("say \"hi\"");
        assertThat(model.requests()).singleElement()
                .satisfies(request -> assertThat(request.body().path("response_format").path("type").asText())
                        .isEqualTo("json_schema"));
    }

    @Test
    @ScriptedModelTest(yaml = "- answer: One two, three.")
    void streamsTokenByToken_whenAskedTo(ScriptedModel model) throws Exception {
        Streamed streamed = stream(model);

        ChatResponse response = streamed.done.get(2, TimeUnit.MINUTES);
        assertThat(streamed.tokens).containsExactly("One", " two", ",", " three", ".");
        assertThat(response.aiMessage().text()).isEqualTo("One two, three.");
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(5);
    }

    @Test
    @ScriptedModelTest(yaml = "- tool: [{name: a, arguments: {x: 1}}, {name: b}]")
    void streamsToolCalls_whenSeveralAreScripted(ScriptedModel model) throws Exception {
        ChatResponse response = stream(model).done.get(2, TimeUnit.MINUTES);

        assertThat(response.aiMessage().toolExecutionRequests())
                .extracting(call -> call.name() + call.arguments()).containsExactly("a{\"x\":1}", "b{}");
        assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);
    }

    @Test
    @ScriptedModelTest(yaml = "- answer: unused")
    void embedsTextsByTheirWords_whenAsked(ScriptedModel model) {
        OpenAiEmbeddingModel embedder = OpenAiEmbeddingModel.builder().baseUrl(model.baseUrl()).apiKey("key")
                .modelName("text-embedding-3-small").dimensions(256).maxRetries(0).build();

        List<Embedding> embeddings = embedder.embedAll(List.of(TextSegment.from("the quick brown fox"),
                TextSegment.from("the quick red fox"), TextSegment.from("an entirely different matter"))).content();

        assertThat(embeddings).allSatisfy(embedding -> assertThat(embedding.dimension()).isEqualTo(256));
        assertThat(embedder.embed("the quick brown fox").content()).isEqualTo(embeddings.get(0));
        assertThat(CosineSimilarity.between(embeddings.get(0), embeddings.get(1))).isCloseTo(0.75, within(0.2));
        assertThat(CosineSimilarity.between(embeddings.get(0), embeddings.get(2))).isCloseTo(0, within(0.3));
    }

    @Test
    @ScriptedModelTest(yaml = """
            - {error: {status: 429, retry-after: 10ms}, times: 1}
            - {answer: Now it goes.}
            """)
    void succeedsOnTheSecondTry_afterARateLimit(ScriptedModel model) {
        assertThat(chat(model, 1).chat("go")).isEqualTo("Now it goes.");

        assertThat(model.requests()).extracting(ModelRequest::status).containsExactly(429, 200);
        assertThat(model.requests()).extracting(ModelRequest::rule).containsExactly(1, 2);
    }

    @Test
    @ScriptedModelTest(yaml = "- {error: {status: 429, message: Slow down}}")
    void failsByName_whenTheRateLimitStays(ScriptedModel model) {
        assertThatThrownBy(() -> chat(model, 0).chat("go")).isInstanceOf(RateLimitException.class)
                .hasMessageContaining("Slow down");
    }

    @Test
    @ScriptedModelTest(yaml = "- hang: true")
    void timesOut_whenTheModelHangs(ScriptedModel model) {
        assertThatThrownBy(() -> chat(model, 0, Duration.ofMillis(300)).chat("go")).isInstanceOf(TimeoutException.class);

        assertThat(model.requests()).singleElement().extracting(ModelRequest::status).isEqualTo(0);
    }

    @Test
    @ScriptedModelTest(yaml = "- drop: true")
    void failsOnIo_whenTheConnectionIsDropped(ScriptedModel model) {
        assertThatThrownBy(() -> chat(model, 0).chat("go")).hasRootCauseInstanceOf(java.io.IOException.class);
    }

    @Test
    @ScriptedModelTest(yaml = "- garbage: <html>Bad gateway</html>")
    void failsOnParsing_whenTheAnswerIsGarbage(ScriptedModel model) {
        assertThatThrownBy(() -> chat(model, 0).chat("go"))
                .hasRootCauseInstanceOf(com.fasterxml.jackson.core.JsonParseException.class);
    }

    @Test
    @ScriptedModelTest(yaml = "- refuse: I cannot help with that.")
    void failsWithTheRefusal_whenTheModelRefuses(ScriptedModel model) {
        assertThatThrownBy(() -> chat(model, 0).chat("go")).hasMessageContaining("I cannot help with that.");
    }

    private static OpenAiChatModel chat(ScriptedModel model, int retries) {
        return chat(model, retries, Duration.ofSeconds(20));
    }

    private static OpenAiChatModel chat(ScriptedModel model, int retries, Duration timeout) {
        return OpenAiChatModel.builder().baseUrl(model.baseUrl()).apiKey("key").modelName("gpt-4o-mini")
                .timeout(timeout).maxRetries(retries).build();
    }

    private static Streamed stream(ScriptedModel model) {
        Streamed streamed = new Streamed(new CopyOnWriteArrayList<>(), new CompletableFuture<>());
        OpenAiStreamingChatModel.builder().baseUrl(model.baseUrl()).apiKey("key").modelName("gpt-4o-mini").build()
                .chat("go", streamed);
        return streamed;
    }

    private record Streamed(List<String> tokens, CompletableFuture<ChatResponse> done) implements StreamingChatResponseHandler {

        @Override
        public void onPartialResponse(String token) {
            tokens.add(token);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            done.complete(response);
        }

        @Override
        public void onError(Throwable error) {
            done.completeExceptionally(error);
        }
    }
}
