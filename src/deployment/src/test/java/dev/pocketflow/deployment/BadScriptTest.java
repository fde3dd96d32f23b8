package dev.pocketflow.deployment;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.langchain4j.openai.runtime.OpenAiRecorder;
import io.quarkus.test.QuarkusUnitTest;

class BadScriptTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = App.refused(
            "model-script.yaml, rule 1 has the unknown key 'whon'",
            OpenAiRecorder.class).withApplicationRoot(
                    jar -> jar.addClasses(App.class, OpenAiRecorder.class)
                            .addAsResource(new StringAsset("- {whon: go, answer: x}"), "model-script.yaml"));

    @Test
    void start_isRefused_whereTheStandInsScriptIsWrong() {
        App.started();
    }
}
