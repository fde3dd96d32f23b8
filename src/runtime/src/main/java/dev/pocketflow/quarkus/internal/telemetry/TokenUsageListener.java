package dev.pocketflow.quarkus.internal.telemetry;

import jakarta.inject.Singleton;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.output.TokenUsage;
import dev.pocketflow.Visit;

/**
 * Adds the tokens of a node's calls of chat models to the usage of its run, under the names of <a
 * href="https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/">OpenTelemetry's {@code gen_ai.usage}</a>. A repeated
 * call counts again, because it is billed again. A model that reports no tokens adds nothing.
 */
@Singleton
public class TokenUsageListener implements ChatModelListener {

    public static final String INPUT = "input-tokens";
    public static final String OUTPUT = "output-tokens";

    /** Finds the visit on the calling thread: the answer may arrive on a thread of the model, which has no visit. */
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
