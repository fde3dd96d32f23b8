package dev.pocketflow.functions.writer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.pocketflow.testing.ScriptedModel;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.JsonConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.path.json.config.JsonPathConfig.NumberReturnType;
import io.restassured.response.ValidatableResponse;

@QuarkusTest
class WriterTest {

    /** Reads numbers exactly: floats, RestAssured's default, differ from the sealed numbers. */
    private static final RestAssuredConfig EXACT = RestAssuredConfig.config()
            .jsonConfig(JsonConfig.jsonConfig().numberReturnType(NumberReturnType.DOUBLE));

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
    void articleIsMadeOfItsSections_forATopic() {
        write("native images").statusCode(200).body("status", equalTo("completed"))
                .body("store.outline", contains("Why native images matters", "How native images works", "What comes next"))
                .body("store.sections.text[1]", containsString("How native images works"))
                .body("store.article", containsString("Why native images matters"))
                .body("path.node", contains("outline", "write", "style")).body("path[1].attempts", equalTo(3));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}               | topic is missing, where a text is expected
            {"topic": null}  | topic is null, where a text is expected
            {"topic": " "}   | the topic is blank. Send {"topic": "..."}
            """)
    void inputIsRefused_whenThereIsNoTopic(String input, String detail) {
        given().contentType("application/json").body(input).post("/").then().statusCode(400)
                .body("detail", containsString(detail));
        assertThat(model.requests()).isEmpty();
    }

    @Test
    void onlyTheFailedSectionIsRepeated_whenTheModelFails() {
        model.prepend("- {when: How native images works, error: 500, times: 1}");
        write("native images").statusCode(200).body("path[1].attempts", equalTo(4));
    }

    @Test
    void runFailsAtTheSection_andKeepsEarlierSections_whenTheModelIsDown() {
        model.prepend("- {when: 'Heading: What comes next', error: 500}");
        ValidatableResponse failed = write("native images").statusCode(500).body("failure.node", equalTo("write"))
                .body("failure.message", containsString("item 2"))
                .body("envelope.position[0].batch.results.1.heading", equalTo("How native images works"));
        model.reset();
        given().config(EXACT).contentType("application/json").body(failed.extract().jsonPath().getMap("envelope")).post("/")
                .then()
                .statusCode(200).body("store.sections.heading[2]", equalTo("What comes next"))
                .body("path.node", contains("outline", "write", "write", "style"));
    }

    private static ValidatableResponse write(String topic) {
        return given().config(EXACT).contentType("application/json").body("{\"topic\":\"" + topic + "\"}").post("/").then();
    }
}
