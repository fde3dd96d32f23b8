package dev.pocketflow.functions.tools;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import dev.langchain4j.service.UserMessage;
import dev.pocketflow.functions.tools.Tools.Decision;
import dev.pocketflow.functions.tools.Tools.Known;
import io.quarkiverse.langchain4j.RegisterAiService;
import io.quarkiverse.langchain4j.RegisterAiService.NoChatMemoryProviderSupplier;

/** The language model, as this function sees it; its prompt is a template in {@code resources/prompts}. */
@RegisterAiService(chatMemoryProviderSupplier = NoChatMemoryProviderSupplier.class) // otherwise it keeps all messages
@ApplicationScoped
interface ToolUser {
    @UserMessage(fromResource = "prompts/choose.txt")
    Decision choose(Known known, List<String> said);
}
