package dev.pocketflow.quarkus.deployment.devservices;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkiverse.langchain4j.openai.runtime.OpenAiRecorder;
import io.quarkus.test.QuarkusUnitTest;

class EmptyModelKeyTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = StandInApplication.refused(
            "quarkus.langchain4j.openai.api-key (QUARKUS_LANGCHAIN4J_OPENAI_API_KEY in the environment) is set, but empty: "
                    + "unset it, or give it a value",
            "model-script.yaml", "- answer: x", OpenAiRecorder.class)
            .overrideConfigKey("quarkus.langchain4j.openai.api-key", "");

    @Test
    void start_isRefused_forAModelKeyThatIsEmpty() {
        TestApplication.started();
    }
}
