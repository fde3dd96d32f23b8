package dev.pocketflow.functions.clerk;

import jakarta.enterprise.context.ApplicationScoped;

import dev.langchain4j.service.UserMessage;
import dev.pocketflow.functions.clerk.Clerk.Known;
import io.quarkiverse.langchain4j.RegisterAiService;
import io.quarkiverse.langchain4j.RegisterAiService.NoChatMemoryProviderSupplier;

/** The language model, as this function sees it. */
@RegisterAiService(chatMemoryProviderSupplier = NoChatMemoryProviderSupplier.class)
@ApplicationScoped
interface Salesperson {
    /** The order to look up, or the answer; the other one is null. */
    record Decision(String order, String answer) {
    }

    @UserMessage(fromResource = "prompts/choose.txt")
    Decision decide(Known known);
}
