package dev.pocketflow.quarkus.internal.telemetry;

import java.util.stream.Stream;

import org.eclipse.microprofile.config.ConfigProvider;

import dev.langchain4j.model.openai.OpenAiChatModel.OpenAiChatModelBuilder;
import io.quarkiverse.langchain4j.ModelBuilderCustomizer;
import io.quarkus.arc.BeanCreator;
import io.quarkus.arc.SyntheticCreationalContext;

/**
 * Leaves it to a node's {@code @Retry} to repeat the request of a chat model. LangChain4j would repeat it within each attempt,
 * also where the attempt was interrupted by its {@code @Timeout}; and quarkus-langchain4j takes no {@code max-retries} of 0.
 */
public final class SingleRequestModelCustomizer implements ModelBuilderCustomizer<OpenAiChatModelBuilder> {

    private static final String PREFIX = "quarkus.langchain4j.openai.";
    private static final String MAX_RETRIES = "max-retries";
    private static final int DEFAULT = 1;

    private final String[] keys;

    private SingleRequestModelCustomizer(String... keys) {
        this.keys = keys;
    }

    /** Whoever wants more than quarkus-langchain4j's own default means it. */
    @Override
    public void customize(OpenAiChatModelBuilder model) {
        if (Stream.of(keys).noneMatch(key -> ConfigProvider.getConfig().getOptionalValue(key, Integer.class)
                .orElse(DEFAULT) > DEFAULT)) {
            model.maxRetries(0);
        }
    }

    /** Before the application's own customizers, which may say otherwise: the last one wins. */
    @Override
    public int priority() {
        return MAXIMUM_PRIORITY;
    }

    /** Makes the one of the model that is the parameter {@code name}, which is {@code ""} for the one that has none. */
    public static final class Creator implements BeanCreator<SingleRequestModelCustomizer> {
        @Override
        public SingleRequestModelCustomizer create(SyntheticCreationalContext<SingleRequestModelCustomizer> context) {
            String name = (String) context.getParams().get("name");
            return name.isEmpty() ? new SingleRequestModelCustomizer(PREFIX + MAX_RETRIES)
                    : new SingleRequestModelCustomizer(PREFIX + name + "." + MAX_RETRIES,
                            PREFIX + "\"" + name + "\"." + MAX_RETRIES);
        }
    }
}
