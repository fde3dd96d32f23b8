package dev.pocketflow.quarkus.internal.telemetry;

import java.util.stream.Stream;

import org.eclipse.microprofile.config.ConfigProvider;

import dev.langchain4j.model.openai.OpenAiChatModel.OpenAiChatModelBuilder;
import io.quarkiverse.langchain4j.ModelBuilderCustomizer;
import io.quarkus.arc.BeanCreator;
import io.quarkus.arc.SyntheticCreationalContext;

/**
 * Leaves retries of a chat model's request to the node's {@code @Retry}. LangChain4j would repeat the request within each
 * attempt, even after the attempt's {@code @Timeout} interrupted it. quarkus-langchain4j does not accept a {@code max-retries}
 * of 0.
 */
public final class SingleRequestModelCustomizer implements ModelBuilderCustomizer<OpenAiChatModelBuilder> {

    private static final String PREFIX = "quarkus.langchain4j.openai.";
    private static final String MAX_RETRIES = "max-retries";
    private static final int DEFAULT = 1;

    private final String[] keys;

    private SingleRequestModelCustomizer(String... keys) {
        this.keys = keys;
    }

    /** Changes the default of quarkus-langchain4j only. A larger value is the user's choice. */
    @Override
    public void customize(OpenAiChatModelBuilder model) {
        if (Stream.of(keys).noneMatch(key -> ConfigProvider.getConfig().getOptionalValue(key, Integer.class)
                .orElse(DEFAULT) > DEFAULT)) {
            model.maxRetries(0);
        }
    }

    /** Runs before the application's own customizers, which may override it: the last one wins. */
    @Override
    public int priority() {
        return MAXIMUM_PRIORITY;
    }

    /** Makes the customizer of the model that the parameter {@code name} names; {@code ""} is the model without a name. */
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
