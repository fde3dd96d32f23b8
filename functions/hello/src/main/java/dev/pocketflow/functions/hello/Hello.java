package dev.pocketflow.functions.hello;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

import dev.langchain4j.service.UserMessage;
import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import io.quarkiverse.langchain4j.RegisterAiService;
import io.quarkiverse.langchain4j.RegisterAiService.NoChatMemoryProviderSupplier;

/** Answers a question by one call of a language model. */
class Hello {
    static final Key<String> QUESTION = Key.of("question", String.class);
    static final Key<String> ANSWER = Key.of("answer", String.class);

    @Produces
    Flow hello(Assistant assistant) {
        return Flow.named("hello").takes(QUESTION).gives(ANSWER)
                .node("answer", Node.of(QUESTION, assistant::answer, ANSWER))
                .build();
    }
}

/** The language model, as this function sees it. */
@RegisterAiService(chatMemoryProviderSupplier = NoChatMemoryProviderSupplier.class) // otherwise it keeps all messages
@ApplicationScoped
interface Assistant {
    @UserMessage("Answer in one sentence: {question}")
    String answer(String question);
}
