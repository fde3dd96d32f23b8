package dev.pocketflow.functions.agent;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.pocketflow.testing.ScriptedModel;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;

/** A model that does not answer in time: each attempt makes one request, and the late reply leads to no other. */
@QuarkusTest
@TestProfile(HungAnswerTest.Hasty.class)
class HungAnswerTest {

    private static final String ANSWER = "quarkus.fault-tolerance.\"dev.pocketflow.functions.agent.Answer/exec\".";

    public static class Hasty implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(ANSWER + "timeout.value", "500", ANSWER + "retry.delay", "1", ANSWER + "retry.max-retries", "1");
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            hang: true                                                 | application/json
            hang: true                                                 | text/event-stream
            tool: {name: nobody-offered-it, arguments: {}}, delay: 1h  | text/event-stream
            """, delimiter = '|')
    void runFailsAtTheAnswer_whenTheModelHangs(String reply, String accept) {
        ScriptedModel model = ScriptedModel
                .at(ConfigProvider.getConfig().getValue("quarkus.langchain4j.openai.base-url", String.class));
        model.reset();
        model.prepend("- {when: Answer the question, " + reply + "}");
        String events = ask("What is Quarkus?", accept).asString();
        JsonPath outcome = JsonPath.from(accept.equals("application/json") ? events
                : events.substring(events.lastIndexOf("data:") + 5));

        assertThat(outcome.getString("failure.node")).isEqualTo("answer");
        assertThat(outcome.getString("failure.type")).endsWith("TimeoutException");
        assertThat(model.requests()).filteredOn(request -> request.body().toString().contains("Answer the question"))
                .hasSize(2);

        model.reset(); // the late replies arrive now
        ask("What is Lambda?", "application/json");
        assertThat(model.requests()).allMatch(request -> request.body().toString().contains("What is Lambda"));
    }

    private static Response ask(String question, String accept) {
        return given().contentType("application/json").accept(accept).body("{\"question\":\"" + question + "\"}").post("/");
    }
}
