package dev.pocketflow.functions.agent;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

import dev.pocketflow.testing.ScriptedModel;
import dev.pocketflow.testing.model.ModelRequest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** The function with a configured key and address: it calls that model, and no stand-in starts. */
@QuarkusTest
@TestProfile(ConfiguredAgent.class)
class ConfiguredModelTest {

    ScriptedModel model;

    @Test
    void configuredModelAnswers() {
        model.reset();
        model.prepend("""
                - {when: Decide the next step, json: {search: false}}
                - {answer: Forty-two.}
                """);
        given().contentType("application/json").body("{\"question\":\"What is it?\"}").post("/").then().statusCode(200)
                .body("store.answer", equalTo("Forty-two."));
        assertThat(model.requests()).hasSize(2).extracting(ModelRequest::path).containsOnly("/v1/chat/completions");
        assertThat(ConfigProvider.getConfig().getValue("quarkus.langchain4j.openai.base-url", String.class))
                .isEqualTo(model.baseUrl());
    }
}
