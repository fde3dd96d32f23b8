package dev.pocketflow.functions.agent;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.Map;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

import dev.pocketflow.testing.ScriptedModel;
import dev.pocketflow.testing.model.ModelRequest;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** With a key and an address of its own, the function talks to that model, and no stand-in starts. */
@QuarkusTest
@TestProfile(ConfiguredModelTest.Configured.class)
@WithTestResource(ConfiguredModelTest.Model.class)
class ConfiguredModelTest {

    ScriptedModel model;

    /** The key, which the Dev Service looks for when the application is built. */
    public static class Configured implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.langchain4j.openai.api-key", "sk-configured");
        }
    }

    /** A model elsewhere. */
    public static class Model implements QuarkusTestResourceLifecycleManager {
        private ScriptedModel model;

        @Override
        public Map<String, String> start() {
            model = ScriptedModel.fromYaml("""
                    - {when: Decide the next step, json: {search: false}}
                    - {answer: Forty-two.}
                    """).start();
            return Map.of("quarkus.langchain4j.openai.base-url", model.baseUrl());
        }

        @Override
        public void inject(TestInjector injector) {
            injector.injectIntoFields(model, field -> field.getType() == ScriptedModel.class);
        }

        @Override
        public void stop() {
            model.close();
        }
    }

    @Test
    void configuredModelAnswers() {
        given().contentType("application/json").body("{\"question\":\"What is it?\"}").post("/").then().statusCode(200)
                .body("store.answer", equalTo("Forty-two."));
        assertThat(model.requests()).hasSize(2).extracting(ModelRequest::path).containsOnly("/v1/chat/completions");
        assertThat(ConfigProvider.getConfig().getValue("quarkus.langchain4j.openai.base-url", String.class))
                .isEqualTo(model.baseUrl());
    }
}
