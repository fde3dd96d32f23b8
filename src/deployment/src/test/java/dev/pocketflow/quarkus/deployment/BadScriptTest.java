package dev.pocketflow.quarkus.deployment;

import jakarta.enterprise.inject.Produces;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Flow;
import dev.pocketflow.quarkus.deployment.app.SayNode;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkiverse.langchain4j.openai.runtime.OpenAiRecorder;
import io.quarkus.test.QuarkusUnitTest;

class BadScriptTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.refused("model-script.yaml, rule 1 has the unknown key 'whon'")
            .withApplicationRoot(jar -> jar.addClasses(TestApplication.CLASSES)
                    .addClasses(SayNode.class, Flows.class, OpenAiRecorder.class)
                    .addAsResource(new StringAsset("- {whon: go, answer: x}"), "model-script.yaml"));

    /** The application has a flow: Quarkus reports one of several mistakes. */
    static class Flows {
        @Produces
        Flow flow(SayNode say) {
            return Flow.named("served").node("say", say).build();
        }
    }

    @Test
    void start_isRefused_whenTheScriptIsWrong() {
        TestApplication.started();
    }
}
