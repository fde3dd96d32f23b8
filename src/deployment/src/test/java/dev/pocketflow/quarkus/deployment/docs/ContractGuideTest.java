package dev.pocketflow.quarkus.deployment.docs;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.pocketflow.quarkus.deployment.app.TestApplication;
import dev.pocketflow.quarkus.deployment.docs.Pages.Block;
import io.quarkus.test.QuarkusUnitTest;

/** The JSON of the guide on the contract: an input, its answer, a wrong input, its answer, and the schema. */
class ContractGuideTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication
            .of(GuideFlows.class, GuideFlows.Ship.class, GuideFlows.Ship.Line.class, Pages.class, Block.class)
            .overrideConfigKey("quarkus.pocketflow.flow", "ship")
            .overrideConfigKey("quarkus.pocketflow.answer.path", "false"); // as in production

    private static List<String> shown() throws IOException {
        return Pages.blocks("json").filter(each -> each.page().endsWith("contract.md")).map(Block::text).toList();
    }

    private static JsonNode post(String input, int status) throws IOException {
        return JSON.readTree(
                given().contentType("application/json").body(input).post("/").then().statusCode(status).extract().asString());
    }

    @Test
    void input_hasTheAnswerOfThePage() throws IOException {
        JsonNode answer = post(shown().get(0), 200);
        ObjectNode expected = (ObjectNode) JSON.readTree(shown().get(1));
        assertThat(answer).isEqualTo(expected.set("run", answer.get("run")));
    }

    @Test
    void wrongInput_hasTheAnswerOfThePage() throws IOException {
        assertThat(post(shown().get(2), 400)).isEqualTo(JSON.readTree(shown().get(3)));
    }

    @Test
    void schemaOfTheInput_isThatOfThePage() throws IOException {
        JsonNode schema = JSON.readTree(given().accept("application/schema+json").get("/flow").then().statusCode(200).extract()
                .asString());

        assertThat(schema.at("/$defs/input")).isEqualTo(JSON.readTree(shown().get(4)));
    }
}
