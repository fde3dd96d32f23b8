package dev.pocketflow.bench.bareagent;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.guardrail.OutputGuardrails;
import io.quarkiverse.langchain4j.RegisterAiService;
import io.quarkiverse.langchain4j.RegisterAiService.NoChatMemoryProviderSupplier;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** The language model, with the prompts of functions/agent. */
@RegisterAiService(chatMemoryProviderSupplier = NoChatMemoryProviderSupplier.class)
@ApplicationScoped
interface ResearchModel {
    record Decision(boolean search, String query) {
    }

    /** A page that the search found. */
    @RegisterForReflection
    record Note(String title, String url, String text) {
    }

    /** The question and the notes so far. */
    @RegisterForReflection
    record Known(String question, List<Note> notes) {
    }

    @UserMessage(fromResource = "prompts/decide.txt")
    @OutputGuardrails(DecisionLength.class)
    Decision decide(Known known);

    @UserMessage(fromResource = "prompts/answer.txt")
    String answer(Known known);
}
