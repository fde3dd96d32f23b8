package dev.pocketflow.functions.supervisor;

import jakarta.enterprise.context.ApplicationScoped;

import dev.langchain4j.service.UserMessage;
import dev.pocketflow.functions.supervisor.Supervisor.Work;
import io.quarkiverse.langchain4j.RegisterAiService;
import io.quarkiverse.langchain4j.RegisterAiService.NoChatMemoryProviderSupplier;

/** The language model, as this function sees it; its prompts are templates in {@code resources/prompts}. */
@RegisterAiService(chatMemoryProviderSupplier = NoChatMemoryProviderSupplier.class) // otherwise it keeps all messages
@ApplicationScoped
interface Inspector {
    record Verdict(boolean accepted) {
    }

    @UserMessage(fromResource = "prompts/check.txt")
    Verdict check(Work work);
}
