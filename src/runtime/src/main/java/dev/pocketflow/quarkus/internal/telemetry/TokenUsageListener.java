package dev.pocketflow.quarkus.internal.telemetry;

import jakarta.inject.Singleton;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.output.TokenUsage;
import dev.pocketflow.Visit;

/**
 * Adds the tokens of a node's calls of chat models to what its run has used, under the names that
 * <a href="https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/">OpenTelemetry's {@code gen_ai.usage}</a> gives
 * them. Each call counts, also one that is repeated: each is billed. A model that says nothing of its tokens adds nothing.
 */
@Singleton
public class TokenUsageListener implements ChatModelListener {

    public static final String INPUT = "input-tokens";
    public static final String OUTPUT = "output-tokens";

    /** The answer may come on a thread of the model's, where no visit is. */
    @Override
    public void onRequest(ChatModelRequestContext call) {
        Visit.find().ifPresent(visit -> call.attributes().put(TokenUsageListener.class, visit));
    }

    @Override
    public void onResponse(ChatModelResponseContext call) {
        TokenUsage usage = call.chatResponse().tokenUsage();
        if (usage != null && call.attributes().get(TokenUsageListener.class) instanceof Visit visit) {
            add(visit, INPUT, usage.inputTokenCount());
            add(visit, OUTPUT, usage.outputTokenCount());
        }
    }

    private static void add(Visit visit, String unit, Integer tokens) {
        if (tokens != null) {
            visit.use(unit, tokens);
        }
    }
}
