package dev.pocketflow.functions.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel.OpenAiChatModelBuilder;
import dev.pocketflow.testing.ScriptedModel;
import io.quarkiverse.langchain4j.ModelBuilderCustomizer;
import io.quarkiverse.langchain4j.ModelName;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Models that a function has by name: only {@code @Retry} repeats their requests, unless the application wants more. */
@QuarkusTest
@TestProfile(ConfiguredAgent.class)
class NamedModelTest {

    /** Overrides the extension's customizer. */
    @Singleton
    @ModelName("clerk")
    static class Diligent implements ModelBuilderCustomizer<OpenAiChatModelBuilder> {
        @Override
        public void customize(OpenAiChatModelBuilder model) {
            model.maxRetries(1);
        }
    }

    @Inject
    @ModelName("clerk")
    ChatModel clerk;

    @Inject
    @ModelName("judge")
    ChatModel judge;

    @Inject
    @ModelName("jury")
    ChatModel jury;

    @Inject
    @ModelName("the.court")
    ChatModel court;

    @Test
    void requestIsMadeOnce_unlessMaxRetriesIsAboveItsDefault() {
        ScriptedModel script = ScriptedModel
                .at(ConfigProvider.getConfig().getValue("quarkus.langchain4j.openai.base-url", String.class));
        assertRequests(script, judge, 1);
        assertRequests(script, jury, 3);
        assertRequests(script, court, 3);
        assertRequests(script, clerk, 2);
    }

    private static void assertRequests(ScriptedModel script, ChatModel model, int expected) {
        script.reset();
        script.prepend("- {error: 500}");
        assertThatThrownBy(() -> model.chat("Well?")).isNotNull();
        assertThat(script.requests()).hasSize(expected);
    }
}
