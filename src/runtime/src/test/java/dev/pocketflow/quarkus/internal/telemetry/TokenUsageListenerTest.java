package dev.pocketflow.quarkus.internal.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.Run;
import dev.pocketflow.Store;

class TokenUsageListenerTest {

    private static final ChatRequest REQUEST = ChatRequest.builder().messages(UserMessage.from("?")).build();

    private final TokenUsageListener listener = new TokenUsageListener();
    private final Map<Object, Object> attributes = new HashMap<>();

    /** {@return the usage of a run with one node} */
    private static Map<String, Double> used(Runnable exec) {
        Node<Object, Object> node = new Node<>() {
            @Override
            public Object exec(Object prepared) {
                exec.run();
                return null;
            }
        };
        Run run = Run.of(Flow.named("flow").node("node", node).build(), Store.create());
        run.start().orThrow();
        return run.usage();
    }

    private void ask() {
        listener.onRequest(new ChatModelRequestContext(REQUEST, ModelProvider.OTHER, attributes));
    }

    private void answer(TokenUsage usage) {
        ChatResponse response = ChatResponse.builder().aiMessage(AiMessage.from("!")).tokenUsage(usage).build();
        listener.onResponse(new ChatModelResponseContext(response, REQUEST, ModelProvider.OTHER, attributes));
    }

    @Test
    void tokensAreCounted_ofEachCall() {
        assertThat(used(() -> {
            ask();
            answer(new TokenUsage(100, 20));
            ask();
            answer(new TokenUsage(11, 3));
        })).containsOnly(Map.entry("input-tokens", 111.0), Map.entry("output-tokens", 23.0));
    }

    @Test
    void answerOnAThreadOfTheModel_countsForTheCallingRun() {
        assertThat(used(() -> {
            ask();
            CompletableFuture.runAsync(() -> answer(new TokenUsage(7, 8))).join();
        })).containsOnly(Map.entry("input-tokens", 7.0), Map.entry("output-tokens", 8.0));
    }

    @Test
    void nothingIsCounted_whenTheModelReportsNoTokens() {
        assertThat(used(() -> {
            ask();
            answer(null);
            answer(new TokenUsage());
        })).isEmpty();
        assertThat(used(() -> {
            ask();
            answer(new TokenUsage(5));
        })).containsOnlyKeys("input-tokens");
    }

    @Test
    void callOutsideARun_isIgnored() {
        ask();
        answer(new TokenUsage(7, 8));

        assertThat(attributes).isEmpty();
    }
}
