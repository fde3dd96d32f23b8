package dev.pocketflow.functions.tutorial;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import dev.langchain4j.service.UserMessage;
import dev.pocketflow.functions.tutorial.Tutorial.Abstraction;
import dev.pocketflow.functions.tutorial.Tutorial.Relations;
import dev.pocketflow.functions.tutorial.WriteChapters.Lesson;
import io.quarkiverse.langchain4j.RegisterAiService;
import io.quarkiverse.langchain4j.RegisterAiService.NoChatMemoryProviderSupplier;

/** The language model, as this function sees it; its prompts are templates in {@code resources/prompts}. */
@RegisterAiService(chatMemoryProviderSupplier = NoChatMemoryProviderSupplier.class) // otherwise it keeps all messages
@ApplicationScoped
interface Teacher {
    record Ideas(List<Abstraction> abstractions) {
    }

    record Order(List<String> names) {
    }

    @UserMessage(fromResource = "prompts/identify.txt")
    Ideas identify(List<String> paths, String files);

    @UserMessage(fromResource = "prompts/relate.txt")
    Relations relate(List<Abstraction> ideas, String files);

    @UserMessage(fromResource = "prompts/arrange.txt")
    Order arrange(List<Abstraction> ideas, Relations relations);

    @UserMessage(fromResource = "prompts/write.txt")
    String write(Lesson lesson, String files);
}
