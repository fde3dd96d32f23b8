package dev.pocketflow.functions.clerk;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import java.util.Map;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.pocketflow.functions.agent.Impatient;
import dev.pocketflow.testing.ScriptedModel;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;

@QuarkusTest
@WithTestResource(Impatient.class)
@TestProfile(ClerkTest.Guide.class)
class ClerkTest {

    /** Settings that a function in its own folder would not need. */
    public static class Guide implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("docs.clerk", "true", "quarkus.pocketflow.flow", "clerk",
                    "quarkus.pocketflow.devservices.model-script", "clerk-script.yaml");
        }
    }

    ScriptedModel model;

    @BeforeEach
    void takeHoldOfTheModel() {
        model = ScriptedModel.at(ConfigProvider.getConfig().getValue("quarkus.langchain4j.openai.base-url", String.class));
        model.reset();
    }

    @Test
    void modelCorrectsItself_whenTheToolRefusesItsCall() {
        ask().statusCode(200).body("action", equalTo("ANSWERED")).body("store.answer", equalTo("It is on its way."))
                .body("path.node", contains("choose", "look-up", "choose", "look-up", "choose"))
                .body("path[1].attempts", equalTo(1));
        assertThat(model.requests().get(1).lastUserMessage()).contains("'1001' is no order number.");
    }

    @Test
    void runEnds_whenTheModelLearnsNothing() {
        model.prepend("- {when: Decide the next step, json: {order: '1001'}}");
        ask().statusCode(200).body("action", equalTo("GIVEN_UP")).body("store.notes", hasSize(3));
    }

    @Test
    void runFails_whenTheModelCanDoNothingAboutIt() {
        model.prepend("- {when: Decide the next step, json: {order: X-0001}}");
        ask().statusCode(500).body("failure.node", equalTo("look-up")).body("failure.attempts", hasSize(3))
                .body("failure.type", endsWith("IllegalStateException"));
    }

    private static ValidatableResponse ask() {
        return given().contentType("application/json").body("{\"question\":\"Where is my order 1001?\"}").post("/").then();
    }
}
