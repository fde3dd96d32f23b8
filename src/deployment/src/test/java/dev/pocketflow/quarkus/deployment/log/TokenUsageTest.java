package dev.pocketflow.quarkus.deployment.log;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.test.QuarkusUnitTest;

/** A node that reports one call of a model, as the real client of functions/agent does. */
class TokenUsageTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(AskModel.class, Fail.class, Flows.class);

    static class AskModel implements Node<Void, Void> {
        @Inject
        @Any
        Instance<ChatModelListener> listeners;

        @Override
        public Void exec(Void prepared) {
            ChatRequest request = ChatRequest.builder().messages(UserMessage.from("?")).build();
            ChatResponse response = ChatResponse.builder().aiMessage(AiMessage.from("!")).tokenUsage(new TokenUsage(812, 64))
                    .build();
            Map<Object, Object> attributes = new ConcurrentHashMap<>();
            listeners.forEach(each -> each.onRequest(new ChatModelRequestContext(request, ModelProvider.OTHER, attributes)));
            CompletableFuture.runAsync(() -> listeners.forEach(
                    each -> each.onResponse(
                            new ChatModelResponseContext(response, request, ModelProvider.OTHER, attributes))))
                    .join();
            return null;
        }
    }

    static class Fail implements Node<Void, Void> {
        @Override
        public Void exec(Void prepared) {
            throw new IllegalStateException("as it is meant to");
        }
    }

    static class Flows {
        @Produces
        Flow flow(AskModel ask, Fail fail) {
            return Flow.named("asking").node("first", ask).then("second").node("second", ask).then("fail")
                    .node("fail", fail).build();
        }
    }

    @Test
    void envelopeCarriesTheTokens_ofAllCallsOfModels() {
        given().contentType("application/json").body("{}").post("/").then().statusCode(500)
                .body("envelope.usage.'input-tokens'", equalTo(1624f))
                .body("envelope.usage.'output-tokens'", equalTo(128f));
    }
}
