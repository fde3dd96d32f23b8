package dev.pocketflow.quarkus.deployment.devservices;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkiverse.langchain4j.openai.runtime.OpenAiRecorder;
import io.quarkus.test.QuarkusUnitTest;

class BadScriptTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = StandInApplication.refused(
            "model-script.yaml, rule 1 has the unknown key 'whon'",
            "model-script.yaml", "- {whon: go, answer: x}", OpenAiRecorder.class);

    @Test
    void start_isRefused_whereTheStandInsScriptIsWrong() {
        TestApplication.started();
    }
}
