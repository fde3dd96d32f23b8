package dev.pocketflow.functions.supervisor;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.pocketflow.testing.ScriptedModel;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

@QuarkusTest
class SupervisorTest {

    private ScriptedModel model;

    @BeforeEach
    void resetTheModel() {
        model = model();
        model.reset();
    }

    ScriptedModel model() {
        return ScriptedModel.at(ConfigProvider.getConfig().getValue("quarkus.langchain4j.openai.base-url", String.class));
    }

    @Test
    void answerIsTheAgents_whenItIsAccepted() {
        ask("How long may an AWS Lambda function run?").statusCode(200).body("action", equalTo("accepted"))
                .body("store.answer", containsString("15 minutes"))
                .body("path.flow", contains("agent", "agent", "agent", "agent", "supervisor"))
                .body("path.node", contains("decide", "search", "decide", "answer", "check"));
    }

    @Test
    void agentStartsAgain_whenItsAnswerIsRejected() {
        model.prepend("- {when: Answer the question, answer: nonsense, times: 1}");
        ask("What is Quarkus?").statusCode(200).body("action", equalTo("accepted")).body("store.rejected", equalTo(1))
                .body("path", hasSize(10)).body("store.answer", containsString("Quarkus"));
    }

    @Test
    void supervisorGivesUp_whenTheThirdAnswerIsRejected() {
        model.prepend("- {when: Answer the question, answer: nonsense}");
        ask("What is Quarkus?").statusCode(200).body("action", equalTo("given-up")).body("store.rejected", equalTo(3));
    }

    @Test
    void runFailsAtTheCheck_whenTheModelGivesNoVerdict() {
        model.prepend("- {when: Check an answer, answer: 'null'}");
        ask("What is Quarkus?").statusCode(500).body("failure.node", equalTo("check")).body("failure.message",
                containsString("the model gave no verdict"));
    }

    private static ValidatableResponse ask(String question) {
        return given().contentType("application/json").body("{\"question\":\"" + question + "\"}").post("/").then();
    }
}
