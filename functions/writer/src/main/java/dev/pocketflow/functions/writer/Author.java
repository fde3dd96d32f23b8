package dev.pocketflow.functions.writer;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import dev.langchain4j.service.UserMessage;
import dev.pocketflow.functions.writer.Write.Assignment;
import dev.pocketflow.functions.writer.Writer.Section;
import io.quarkiverse.langchain4j.RegisterAiService;
import io.quarkiverse.langchain4j.RegisterAiService.NoChatMemoryProviderSupplier;

/** The language model, as this function sees it; its prompts are templates in {@code resources/prompts}. */
@RegisterAiService(chatMemoryProviderSupplier = NoChatMemoryProviderSupplier.class) // otherwise it keeps all messages
@ApplicationScoped
interface Author {
    record Plan(List<String> sections) {
    }

    @UserMessage(fromResource = "prompts/outline.txt")
    Plan outline(String topic);

    @UserMessage(fromResource = "prompts/write.txt")
    String write(Assignment assignment);

    @UserMessage(fromResource = "prompts/style.txt")
    String style(List<Section> sections);
}
