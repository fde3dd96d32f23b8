package dev.pocketflow.quarkus.internal;

import org.eclipse.microprofile.config.ConfigProvider;

import dev.langchain4j.model.openai.OpenAiChatModel.OpenAiChatModelBuilder;
import io.quarkiverse.langchain4j.ModelBuilderCustomizer;
import io.quarkus.arc.BeanCreator;
import io.quarkus.arc.SyntheticCreationalContext;

/**
 * Leaves it to a node's {@code @Retry} to repeat the request of a chat model. LangChain4j would repeat it within each attempt,
 * also where the attempt was interrupted by its {@code @Timeout}; and quarkus-langchain4j takes no {@code max-retries} of 0.
 */
public final class SingleRequest implements ModelBuilderCustomizer<OpenAiChatModelBuilder> {

    private static final int DEFAULT = 1;

    private final String key;

    private SingleRequest(String key) {
        this.key = key;
    }

    /** Whoever wants more than quarkus-langchain4j's own default means it. */
    @Override
    public void customize(OpenAiChatModelBuilder model) {
        if (ConfigProvider.getConfig().getOptionalValue(key, Integer.class).orElse(DEFAULT) <= DEFAULT) {
            model.maxRetries(0);
        }
    }

    /** Makes the one of a model, whose {@code max-retries} is the parameter {@code key}. */
    public static final class Creator implements BeanCreator<SingleRequest> {
        @Override
        public SingleRequest create(SyntheticCreationalContext<SingleRequest> context) {
            return new SingleRequest((String) context.getParams().get("key"));
        }
    }
}
