package dev.pocketflow.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.pocketflow.testing.model.ModelRequest;

class ScriptedModelLifecycleTest {

    @Test
    void answersFromItsFile_onTheGivenPort(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("mine.yaml"), "- answer: from a file");
        int port;
        try (ScriptedModel model = ScriptedModel.fromFile(file).start()) {
            port = URI.create(model.baseUrl()).getPort();
            assertThatThrownBy(() -> ScriptedModel.fromFile(file).start(port)).isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("Cannot listen on 127.0.0.1:" + port);
        }
        try (ScriptedModel model = ScriptedModel.fromFile(file).start(port)) {
            assertThat(model.baseUrl()).isEqualTo("http://127.0.0.1:" + port + "/v1");
            assertThat(OpenAiCalls.post(model.baseUrl() + "/chat/completions", OpenAiCalls.chat("go")).body())
                    .contains("from a file");
        }
    }

    @Test
    void refusesTheScript_whenItIsMissingOrWrong(@TempDir Path directory) throws Exception {
        Path wrong = Files.writeString(directory.resolve("wrong.yaml"), "- anser: x");

        assertThatThrownBy(() -> ScriptedModel.fromClasspath("no-such.yaml")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no no-such.yaml on the class path");
        assertThatThrownBy(() -> ScriptedModel.fromFile(directory.resolve("none.yaml")))
                .isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> ScriptedModel.fromFile(wrong))
                .hasMessageStartingWith("wrong.yaml, rule 1 has the unknown key 'anser'");
        assertThatThrownBy(() -> ScriptedModel.fromYaml("mine", "- anser: x"))
                .hasMessageStartingWith("mine, rule 1 has the unknown key 'anser'");
    }

    @Test
    void refusesToBeUsed_beforeItsStartAndToStartTwice() {
        try (ScriptedModel model = ScriptedModel.fromYaml("- answer: x")) {
            assertThatThrownBy(model::baseUrl).isInstanceOf(IllegalStateException.class)
                    .hasMessage("The scripted model is not started");
            model.start();
            assertThatThrownBy(model::start).isInstanceOf(IllegalStateException.class).hasMessageContaining("started already");
        }
    }

    @Test
    void hungRequestEnds_whenTheServerStops() throws Exception {
        ScriptedModel model = ScriptedModel.fromYaml("- hang: true").start();
        CompletableFuture<HttpResponse<String>> request = held(model);

        model.close();

        assertThatThrownBy(() -> request.get(2, TimeUnit.MINUTES)).isInstanceOf(ExecutionException.class);
    }

    @Test
    void heldRequests_endWithAReset() throws Exception {
        try (ScriptedModel model = ScriptedModel.fromYaml("- {answer: slow, delay: 1h}").start()) {
            CompletableFuture<HttpResponse<String>> delayed = held(model);
            model.prepend("- hang: true");
            CompletableFuture<HttpResponse<String>> hung = held(model);

            model.reset();

            assertThat(delayed.get(2, TimeUnit.MINUTES).body()).contains("slow");
            assertThatThrownBy(() -> hung.get(2, TimeUnit.MINUTES)).isInstanceOf(ExecutionException.class);
            assertThat(model.requests()).isEmpty();
        }
    }

    /** {@return the answer to a request that the model has} */
    private static CompletableFuture<HttpResponse<String>> held(ScriptedModel model) {
        int before = model.requests().size();
        CompletableFuture<HttpResponse<String>> request = CompletableFuture.supplyAsync(() -> {
            try {
                return OpenAiCalls.post(model.baseUrl() + "/chat/completions", OpenAiCalls.chat("go"));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        while (model.requests().size() == before) {
            Thread.onSpinWait();
        }
        return request;
    }

    @Test
    void controlsAModelStartedElsewhere_byItsAddress() throws Exception {
        try (ScriptedModel started = ScriptedModel.fromYaml("- {answer: usual}").start();
                ScriptedModel model = ScriptedModel.at(started.baseUrl())) {
            model.prepend("- {error: 503, times: 1}");
            assertThat(OpenAiCalls.post(model.baseUrl() + "/chat/completions", OpenAiCalls.chat("one")).statusCode())
                    .isEqualTo(503);
            assertThat(OpenAiCalls.post(model.baseUrl() + "/chat/completions", OpenAiCalls.chat("two")).statusCode())
                    .isEqualTo(200);
            OpenAiCalls.post(model.baseUrl() + "/chat/completions", "no json");

            assertThat(model.requests()).isEqualTo(started.requests()).extracting(ModelRequest::status).containsExactly(503,
                    200, 400);
            assertThat(model.requests()).extracting(ModelRequest::lastUserMessage).containsExactly("one", "two", "");
            assertThat(model.requests()).extracting(ModelRequest::path).containsOnly("/v1/chat/completions");
            assertThatThrownBy(() -> model.prepend("- {oops: 1}")).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("prepended script, rule 1 has the unknown key 'oops'");
            model.reset();
            assertThat(started.requests()).isEmpty();
            assertThatThrownBy(model::start).isInstanceOf(IllegalStateException.class);
            model.close();
            assertThat(started.requests()).isEmpty();
        }
    }

    @Test
    void saysWhereNobodyAnswers_whenTheOtherModelIsGone() {
        ScriptedModel started = ScriptedModel.fromYaml("- answer: x").start();
        String baseUrl = started.baseUrl();
        started.close();

        assertThatThrownBy(ScriptedModel.at(baseUrl)::requests).isInstanceOf(UncheckedIOException.class)
                .hasMessage("No scripted model answers at " + baseUrl);
    }

    @Test
    void keepsTheLastThousandRequests() throws Exception {
        try (ScriptedModel model = ScriptedModel.fromYaml("- answer: x").start()) {
            for (int i = 0; i < 1_001; i++) {
                OpenAiCalls.get(model.baseUrl() + "/models?" + i);
            }
            assertThat(model.requests()).hasSize(1_000);
        }
    }
}
