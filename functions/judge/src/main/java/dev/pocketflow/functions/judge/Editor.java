package dev.pocketflow.functions.judge;

import jakarta.enterprise.context.ApplicationScoped;

import dev.langchain4j.service.UserMessage;
import dev.pocketflow.functions.judge.Judge.Job;
import dev.pocketflow.functions.judge.Judge.Verdict;
import io.quarkiverse.langchain4j.RegisterAiService;
import io.quarkiverse.langchain4j.RegisterAiService.NoChatMemoryProviderSupplier;

/** The language model, as this function sees it. */
@RegisterAiService(chatMemoryProviderSupplier = NoChatMemoryProviderSupplier.class)
@ApplicationScoped
interface Editor {
    @UserMessage(fromResource = "prompts/write.txt")
    String write(Job job);

    @UserMessage(fromResource = "prompts/review.txt")
    Verdict review(Job job);
}
