package dev.pocketflow.quarkus.deployment.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.util.Map;

import jakarta.inject.Inject;

import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.internal.entry.FlowFunction;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

/** An application that offers all its flows as tools, and serves none over HTTP. No flow has to be the function. */
class OfferedFlowsTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = ToolsApplication.with().overrideConfigKey("quarkus.pocketflow.mcp.flows", "all")
            .overrideConfigKey("quarkus.pocketflow.http.enabled", "false")
            .overrideConfigKey("quarkus.pocketflow.in-flight.max-memory", "1M")
            .overrideConfigKey("quarkus.pocketflow.hand-over", "caller") // so that a remote flow is elsewhere
            .setLogRecordPredicate(record -> record.getLoggerName().equals("dev.pocketflow.config")
                    || record.getLoggerName().equals("dev.pocketflow.mcp"))
            .assertLogRecords(records -> assertThat(records).map(new PatternFormatter("%s")::format)
                    .containsExactly("MCP tools: [asks, broken, free, hold, letter, nap, ship]"));

    @TestHTTPResource
    URL application;

    @Inject
    FlowFunction function;

    private McpSyncClient client;

    @BeforeEach
    void connect() {
        client = ToolsApplication.client(application, progress -> {
        });
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    void flowWithoutAContract_takesAnyObject() {
        Tool free = client.listTools().tools().stream().filter(tool -> tool.name().equals("free")).findFirst().orElseThrow();

        assertThat(free.inputSchema()).isEqualTo(Map.of("type", "object", "properties", Map.of()));
        assertThat(ToolsApplication.call(client, "free", Map.of("a", 1, "b", Map.of("c", 2))).structuredContent())
                .isEqualTo(Map.of("a", 1, "b", Map.of("c", 2), "seen", 2));
    }

    @Test
    void runThatTheCallerHandsOn_hasItsEnvelope() {
        Map<?, ?> left = (Map<?, ?>) ToolsApplication.call(client, "nap", Map.of()).structuredContent();

        assertThat(left.get("message")).asString().endsWith("Send its envelope to the function to continue it");
        assertThat(((Map<?, ?>) left.get("envelope")).get("run")).isEqualTo(left.get("run"));
    }

    /** No filter of HTTP counts it: the application has none. */
    @Test
    void callThatNeedsTooMuchMemory_isRefused_andHoldsNone() {
        CallToolResult refused = ToolsApplication.call(client, "free", Map.of("text", "x".repeat(100_000)));

        assertThat(refused.isError()).isTrue();
        assertThat(ToolsApplication.text(refused)).contains("quarkus.pocketflow.in-flight.max-memory allows 1048576");
        assertThat(ToolsApplication.call(client, "free", Map.of()).isError()).isFalse();
        assertThat(function.load().requests().taken()).isZero();
    }
}
