package dev.pocketflow.functions.agent;

import jakarta.enterprise.context.ApplicationScoped;

import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.guardrail.OutputGuardrails;
import dev.pocketflow.functions.agent.Agent.Known;
import io.quarkiverse.langchain4j.RegisterAiService;
import io.quarkiverse.langchain4j.RegisterAiService.NoChatMemoryProviderSupplier;
import io.smallrye.mutiny.Multi;

/** The language model, as this function sees it; its prompts are templates in {@code resources/prompts}. */
@RegisterAiService(chatMemoryProviderSupplier = NoChatMemoryProviderSupplier.class) // otherwise it keeps all messages
@ApplicationScoped
interface Researcher {
    record Decision(boolean search, String query) {
    }

    @UserMessage(fromResource = "prompts/decide.txt")
    @OutputGuardrails(Brief.class)
    Decision decide(Known known);

    @UserMessage(fromResource = "prompts/answer.txt")
    String answer(Known known);

    @UserMessage(fromResource = "prompts/answer.txt")
    Multi<String> stream(Known known);
}
