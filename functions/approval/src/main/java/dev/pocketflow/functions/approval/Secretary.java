package dev.pocketflow.functions.approval;

import jakarta.enterprise.context.ApplicationScoped;

import dev.langchain4j.service.UserMessage;
import dev.pocketflow.functions.approval.Approval.Letter;
import dev.pocketflow.functions.approval.Draft.Task;
import io.quarkiverse.langchain4j.RegisterAiService;
import io.quarkiverse.langchain4j.RegisterAiService.NoChatMemoryProviderSupplier;

/** The language model, as this function sees it; its prompts are templates in {@code resources/prompts}. */
@RegisterAiService(chatMemoryProviderSupplier = NoChatMemoryProviderSupplier.class) // otherwise it keeps all messages
@ApplicationScoped
interface Secretary {
    @UserMessage(fromResource = "prompts/draft.txt")
    Letter draft(Task task);
}
