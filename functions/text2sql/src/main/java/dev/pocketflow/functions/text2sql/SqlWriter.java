package dev.pocketflow.functions.text2sql;

import jakarta.enterprise.context.ApplicationScoped;

import dev.langchain4j.service.UserMessage;
import dev.pocketflow.functions.text2sql.Text2Sql.Asked;
import io.quarkiverse.langchain4j.RegisterAiService;
import io.quarkiverse.langchain4j.RegisterAiService.NoChatMemoryProviderSupplier;

/** The language model, as this function sees it; its prompt is a template in {@code resources/prompts}. */
@RegisterAiService(chatMemoryProviderSupplier = NoChatMemoryProviderSupplier.class) // otherwise it keeps all messages
@ApplicationScoped
interface SqlWriter {
    record Query(String sql) {
    }

    @UserMessage(fromResource = "prompts/write.txt")
    Query write(Asked asked);
}
