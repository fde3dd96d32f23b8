package dev.pocketflow.quarkus.deployment.docs;

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
import dev.pocketflow.quarkus.deployment.mcp.RawClient;
import io.quarkus.test.QuarkusUnitTest;

/** The JSON of the guide on MCP: a tool, and three calls with their answers. */
class McpGuideTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication
            .of(GuideFlows.class, GuideFlows.Ship.class, GuideFlows.Ship.Line.class, GuideFlows.Letter.class, Pages.class,
                    Block.class, RawClient.class)
            .setForcedDependencies(RawClient.SERVER).overrideConfigKey("quarkus.pocketflow.flow", "ship");

    private static JsonNode shown(int block) throws IOException {
        List<String> blocks = Pages.blocks("json").filter(each -> each.page().endsWith("mcp.md")).map(Block::text).toList();
        return JSON.readTree(blocks.get(block));
    }

    private static JsonNode result(String method, JsonNode params) throws IOException {
        String message = JSON.writeValueAsString(
                JSON.createObjectNode().put("jsonrpc", "2.0").put("id", 2).put("method", method).set("params", params));
        JsonNode result = JSON.readTree(new RawClient().send(message).then().statusCode(200).extract().asString())
                .path("result");
        dropNulls(result);
        return result;
    }

    /**
     * Vert.x keeps the mapper of the first application in this JVM, which another test may have started. The server sets its
     * own to write no nulls.
     */
    private static void dropNulls(JsonNode node) {
        if (node.isObject()) {
            node.properties().removeIf(member -> member.getValue().isNull());
        }
        node.forEach(McpGuideTest::dropNulls);
    }

    @Test
    void tool_isThatOfThePage() throws IOException {
        JsonNode tools = result("tools/list", JSON.createObjectNode()).path("tools");

        tools.forEach(tool -> ((ObjectNode) tool).remove("icons")); // the server's, and empty
        assertThat(tools).contains(shown(0));
    }

    @Test
    void call_hasTheAnswerOfThePage() throws IOException {
        JsonNode answer = result("tools/call", shown(1));

        ObjectNode expected = (ObjectNode) shown(2);
        String run = "dev.pocketflow/run";
        ((ObjectNode) expected.path("_meta")).set(run, answer.path("_meta").path(run));
        assertThat(answer).isEqualTo(expected);
    }

    @Test
    void wrongCall_hasTheAnswerOfThePage() throws IOException {
        assertThat(result("tools/call", shown(3))).isEqualTo(shown(4));
    }

    @Test
    void suspendedRun_hasTheAnswerOfThePage() throws IOException {
        ObjectNode answer = (ObjectNode) result("tools/call", shown(5)).path("structuredContent");

        ObjectNode expected = (ObjectNode) shown(6);
        for (String secret : List.of("run", "token", "cancel")) {
            expected.set(secret, answer.get(secret));
        }
        assertThat(answer).isEqualTo(expected);
    }
}
