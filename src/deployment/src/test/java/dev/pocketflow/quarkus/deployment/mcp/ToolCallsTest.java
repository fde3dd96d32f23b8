package dev.pocketflow.quarkus.deployment.mcp;

import static dev.pocketflow.quarkus.deployment.mcp.ToolsApplication.call;
import static dev.pocketflow.quarkus.deployment.mcp.ToolsApplication.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.net.URL;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.pocketflow.quarkus.Flows;
import dev.pocketflow.quarkus.RunResult;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

/** Flows as tools, called by the client of the protocol's authors over streamable HTTP. */
class ToolCallsTest {

    private static final Map<String, Object> ORDER = Map.of("lines", List.of(Map.of("article", "tea", "count", 2)));

    private static final Pattern PROGRESS = Pattern.compile("\"progress\":(\\d+)");

    @RegisterExtension
    static final QuarkusUnitTest APP = ToolsApplication.with().overrideConfigKey("quarkus.pocketflow.flow", "ship");

    @TestHTTPResource
    URL application;

    @Inject
    Flows flows;

    private BlockingQueue<ProgressNotification> progress;
    private McpSyncClient client;

    @BeforeEach
    void connect() {
        progress = new LinkedBlockingQueue<>();
        client = ToolsApplication.client(application, progress::add);
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    private Tool tool(String name) {
        return client.listTools().tools().stream().filter(tool -> tool.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void flowsWithAContract_areTools() {
        assertThat(client.listTools().tools()).extracting(Tool::name).containsExactlyInAnyOrder("ship", "letter", "nap",
                "broken",
                "hold", "remote");
    }

    @Test
    void tool_hasTheContractOfTheFlow() {
        Tool ship = tool("ship");

        assertThat(ship.description()).isEqualTo("Ships an order");
        assertThat(ship.inputSchema()).containsEntry("type", "object").containsEntry("required", List.of("lines"))
                .containsEntry("additionalProperties", false);
        JsonNode input = new ObjectMapper().valueToTree(ship.inputSchema());
        assertThat(input.at("/properties/lines/items/$ref").asText()).isEqualTo("#/$defs/Line");
        assertThat(input.at("/properties/lines/description").asText()).isEqualTo("What is ordered");
        assertThat(input.at("/$defs/Line/required")).hasToString("[\"count\"]");
        assertThat(ship.outputSchema()).containsEntry("type", "object");
        assertThat(tool("broken").description()).isEqualTo("Runs the flow 'broken'");
    }

    @Test
    void completedRun_isAnsweredWithWhatItGives() {
        CallToolResult answer = call(client, "ship", ORDER);

        assertThat(answer.isError()).isFalse();
        assertThat(answer.structuredContent()).isEqualTo(Map.of("pieces", 2, "boxes", 1));
        assertThat(text(answer)).isEqualTo("{\"pieces\":2,\"boxes\":1}");
        assertThat(answer.meta()).containsEntry("dev.pocketflow/status", "completed").containsKey("dev.pocketflow/run");
    }

    /** Models send null for an argument that they leave out. */
    @Test
    void argumentThatIsNull_countsAsMissing() {
        Map<String, Object> order = new HashMap<>(ORDER);
        order.put("note", null);
        order.put("boxes", null);

        assertThat(call(client, "ship", order).structuredContent()).isEqualTo(Map.of("pieces", 2, "boxes", 1));
    }

    @Test
    void wrongArguments_areAnErrorThatNamesEveryFault() {
        CallToolResult answer = call(client, "ship",
                Map.of("lines", List.of(Map.of("article", "tea", "count", "2")), "colour", "red", "boxes", 1.5));

        assertThat(answer.isError()).isTrue();
        assertThat(text(answer).lines()).startsWith(
                "the input of flow 'ship' is refused: lines/0/count is a text, where a whole number is expected; boxes has a "
                        + "fraction, where a whole number is expected; colour is unknown: the flow takes [lines, boxes, note, card]")
                .contains("#/lines/0/count is a text, where a whole number is expected",
                        "#/boxes has a fraction, where a whole number is expected",
                        "#/colour is unknown: the flow takes [lines, boxes, note, card]");
        assertThat(text(call(client, "ship", Map.of()))).contains("#/lines is missing, where a list is expected");
    }

    @Test
    void failedRun_isAnErrorWithTheMessageForCallers() {
        CallToolResult shown = call(client, "broken", Map.of("how", "flow"));
        CallToolResult hidden = call(client, "broken", Map.of("how", "bug"));

        assertThat(shown.isError()).isTrue();
        assertThat(text(shown)).startsWith("run ").contains("failed: ", "node 'break'", "safe to show");
        assertThat(hidden.isError()).isTrue();
        assertThat(text(hidden)).contains("java.lang.IllegalStateException");
        assertThat(List.of(shown, hidden)).asString().doesNotContain(ToolsApplication.SECRET);
        assertThat(hidden.structuredContent()).isNull();
        assertThat(hidden.meta()).containsEntry("dev.pocketflow/status", "failed");
    }

    @Test
    void suspendedRun_saysWhatItWaitsFor_andContinuesWithItsToken() {
        CallToolResult answer = call(client, "letter", Map.of("text", "Dear Bob"));

        Map<?, ?> waiting = (Map<?, ?>) answer.structuredContent();
        assertThat(answer.isError()).isFalse();
        assertThat(text(answer)).startsWith("run " + waiting.get("run") + ": the run waits for the signal 'approval' until ")
                .endsWith("It has no result yet. It continues when the signal is sent with this token");
        assertThat(waiting.get("status")).isEqualTo("suspended");
        assertThat(waiting.get("signal")).isEqualTo("approval");
        assertThat(flows.signal((String) waiting.get("token"), "yes", null)).isInstanceOf(RunResult.Completed.class);
    }

    @Test
    void runThatIsHandedOver_saysSo() {
        CallToolResult answer = call(client, "nap", Map.of());

        assertThat(answer.isError()).isFalse();
        assertThat(text(answer)).startsWith("run ").contains("the run continues without this call at ");
        assertThat(answer.structuredContent()).asString().contains("status=handed-over", "hop=1");
    }

    @Test
    void finishedStep_isAProgress_ifTheClientAsks() throws Exception {
        call(client, "ship", ORDER);
        client.callTool(CallToolRequest.builder("ship").arguments(ORDER).progressToken("p1").build());

        List<ProgressNotification> told = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            told.add(progress.poll(30, TimeUnit.SECONDS));
        }
        assertThat(told).doesNotContainNull().extracting(ProgressNotification::progressToken).containsOnly("p1");
        // the client may tell them in another order than it received them
        assertThat(told).extracting(ProgressNotification::progress, ProgressNotification::message)
                .containsExactlyInAnyOrder(tuple(1d, "ship/pack: default"), tuple(2d, "ship/label: labelled"));
        assertThat(progress).isEmpty();
    }

    /** The protocol asks for it. */
    @Test
    void progress_increases() {
        RawClient raw = new RawClient();
        for (int i = 0; i < 100; i++) {
            String messages = raw
                    .send("""
                            {"jsonrpc": "2.0", "id": 9, "method": "tools/call", "params": {"name": "ship", "_meta": {"progressToken": "p3"},
                             "arguments": {"lines": [{"article": "tea", "count": 2}]}}}""")
                    .then().statusCode(200).extract().asString();
            assertThat(PROGRESS.matcher(messages).results().map(each -> each.group(1))).containsExactly("1", "2");
        }
    }

    /** A node whose run nobody watches does not stream tokens. */
    @Test
    void progress_isNotAWatchedRun() throws Exception {
        ToolsApplication.Hold.RELEASE.release();

        client.callTool(CallToolRequest.builder("hold").arguments(Map.of()).progressToken("p2").build());

        assertThat(ToolsApplication.Hold.TOLD.take()).isEqualTo("held");
    }

    @Test
    void callsAtOnce_haveAnAnswerEach() {
        List<Object> pieces = IntStream.range(0, 20).parallel()
                .mapToObj(i -> call(client, "ship", Map.of("lines", List.of(Map.of("article", "tea", "count", i)))))
                .<Object> map(answer -> ((Map<?, ?>) answer.structuredContent()).get("pieces")).toList();

        assertThat(pieces).isEqualTo(IntStream.range(0, 20).boxed().toList());
    }
}
