package dev.pocketflow.quarkus.deployment.devservices;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkiverse.langchain4j.openai.runtime.OpenAiRecorder;
import io.quarkus.test.QuarkusUnitTest;

class NoScriptTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.refused(
            "No language model is configured, and there is no model-script.yaml for the stand-in: "
                    + "add it to src/main/resources, or set quarkus.langchain4j.openai.api-key",
            SayNode.class, StandInApplication.class, OpenAiRecorder.class);

    @Test
    void start_isRefused_withoutAScriptForTheStandIn() {
        TestApplication.started();
    }
}
