package dev.pocketflow.functions.agent;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;

import java.util.Map;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

import dev.pocketflow.testing.ScriptedModel;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** A model that does not decide in time: its request ends with the attempt, and LangChain4j makes no other. */
@QuarkusTest
@TestProfile(HungDecisionTest.Hasty.class)
class HungDecisionTest {

    public static class Hasty implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.fault-tolerance.\"dev.pocketflow.functions.agent.Decide/exec\".timeout.value", "500",
                    "quarkus.fault-tolerance.\"dev.pocketflow.functions.agent.Decide/exec\".retry.delay", "1",
                    "quarkus.fault-tolerance.\"dev.pocketflow.functions.agent.Decide/exec\".retry.max-retries", "1");
        }
    }

    @Test
    void answerIsGivenInTime_whenTheModelDoesNotDecide() {
        ScriptedModel model = ScriptedModel
                .at(ConfigProvider.getConfig().getValue("quarkus.langchain4j.openai.base-url", String.class));
        model.prepend("- {when: Decide the next step, hang: true}");

        given().contentType("application/json").body("{\"question\":\"What is Quarkus?\"}").post("/").then().statusCode(200)
                .body("path.node", contains("decide", "answer")).body("path[0].attempts", equalTo(2))
                .body("path[0].ms", lessThan(60_000f)).body("store.answer", containsString("do not say"));

        assertThat(model.requests()).hasSize(3);
    }
}
