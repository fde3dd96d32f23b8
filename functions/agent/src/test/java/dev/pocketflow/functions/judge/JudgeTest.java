package dev.pocketflow.functions.judge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

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
@TestProfile(JudgeTest.Guide.class)
class JudgeTest {

    /** Settings that a function in its own folder would not need. */
    public static class Guide implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("docs.judge", "true", "quarkus.pocketflow.flow", "judge",
                    "quarkus.pocketflow.devservices.model-script", "judge-script.yaml");
        }
    }

    ScriptedModel model;

    @BeforeEach
    void resetTheModel() {
        model = ScriptedModel.at(ConfigProvider.getConfig().getValue("quarkus.langchain4j.openai.base-url", String.class));
        model.reset();
    }

    @Test
    void draftIsImproved_whenTheJudgeAsksForIt() {
        write().statusCode(200).body("action", equalTo("accepted"))
                .body("path.node", contains("write", "review", "write", "review"))
                .body("store.verdicts.accepted", contains(false, true));
        assertThat(model.requests().get(2).lastUserMessage()).contains("Say what it is good for.");
    }

    @Test
    void draftIsRejected_afterTheThirdReview() {
        model.prepend("- {when: Judge whether, json: {accepted: false, remark: Too short.}}");
        write().statusCode(200).body("action", equalTo("rejected")).body("store.verdicts", hasSize(3));
    }

    @Test
    void attemptsAreRepeated_whenTheModelIsRateLimited() {
        model.prepend("- {error: {status: 429, retry-after: 10ms}, times: 2}");
        write().statusCode(200).body("action", equalTo("accepted")).body("path[0].attempts", equalTo(3));
    }

    @Test
    void draftIsUnjudged_whenTheJudgeAnswersGarbage() {
        model.prepend("- {when: Judge whether, answer: It is fine.}");
        write().statusCode(200).body("action", equalTo("unjudged")).body("store.draft", equalTo("A bottle."))
                .body("path[1].attempts", equalTo(3));
    }

    @Test
    void runFails_whenNothingCanBeWritten() {
        model.prepend("- {when: Write the text, error: 500}");
        write().statusCode(500).body("failure.node", equalTo("write")).body("path[0].attempts", equalTo(3))
                .body("store.draft", nullValue());
    }

    private static ValidatableResponse write() {
        return given().contentType("application/json").body("{\"task\":\"Advertise a bottle.\"}").post("/").then();
    }
}
