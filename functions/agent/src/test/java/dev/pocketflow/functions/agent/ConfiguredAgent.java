package dev.pocketflow.functions.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.pocketflow.testing.ScriptedModel;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;

/**
 * The function with configured models, and with every run passing through its sealed envelope after every step. These settings
 * do not affect each other, so one application serves the tests of all of them.
 */
public class ConfiguredAgent implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        String url = "${quarkus.langchain4j.openai.base-url}";
        Map<String, String> config = new HashMap<>(Map.of("quarkus.pocketflow.round-trip", "every-step",
                // the key, which the Dev Service looks for when the application is built
                "quarkus.langchain4j.openai.api-key", "sk-configured"));
        config.putAll(Map.of("quarkus.langchain4j.openai.judge.api-key", "key",
                "quarkus.langchain4j.openai.judge.base-url", url,
                "quarkus.langchain4j.openai.jury.api-key", "key",
                "quarkus.langchain4j.openai.jury.base-url", url,
                "quarkus.langchain4j.openai.jury.max-retries", "2",
                "quarkus.langchain4j.openai.clerk.api-key", "key",
                "quarkus.langchain4j.openai.clerk.base-url", url));
        config.putAll(Map.of("quarkus.langchain4j.openai.\"the.court\".api-key", "key",
                "quarkus.langchain4j.openai.\"the.court\".base-url", url,
                "quarkus.langchain4j.openai.\"the.court\".max-retries", "2"));
        return config;
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(Model.class), new TestResourceEntry(Impatient.class));
    }

    /** A model elsewhere, with the same answers as the stand-in. */
    public static class Model implements QuarkusTestResourceLifecycleManager {
        private static final Path SCRIPT = Path.of("src/main/resources/model-script.yaml");

        private ScriptedModel model;

        @Override
        public Map<String, String> start() {
            try {
                model = ScriptedModel.fromYaml(Files.readString(SCRIPT)).start();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + SCRIPT, e);
            }
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
}
