package dev.pocketflow.functions.vote;

import jakarta.enterprise.context.ApplicationScoped;

import dev.langchain4j.service.UserMessage;
import dev.pocketflow.functions.vote.DebateSides.Task;
import dev.pocketflow.functions.vote.Vote.Side;
import io.quarkiverse.langchain4j.RegisterAiService;
import io.quarkiverse.langchain4j.RegisterAiService.NoChatMemoryProviderSupplier;

/** The language model, as this function sees it; its prompts are templates in {@code resources/prompts}. */
@RegisterAiService(chatMemoryProviderSupplier = NoChatMemoryProviderSupplier.class) // otherwise it keeps all messages
@ApplicationScoped
interface Panel {
    record Ruling(Side winner, String reason) {
    }

    @UserMessage(fromResource = "prompts/answer.txt")
    String answer(String question);

    @UserMessage(fromResource = "prompts/argue.txt")
    String argue(Task task);

    @UserMessage(fromResource = "prompts/rule.txt")
    Ruling rule(String question, String speeches);
}
