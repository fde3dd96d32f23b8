package dev.pocketflow.quarkus.deployment.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.util.Map;

import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

/** An application that offers all its flows as tools, and serves none over HTTP. No flow has to be the function. */
class OfferedFlowsTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = ToolsApplication.with().overrideConfigKey("quarkus.pocketflow.mcp.flows", "all")
            .overrideConfigKey("quarkus.pocketflow.http.enabled", "false")
            .setLogRecordPredicate(record -> record.getLoggerName().equals("dev.pocketflow.config")
                    || record.getLoggerName().equals("dev.pocketflow.mcp"))
            .assertLogRecords(records -> assertThat(records).map(new PatternFormatter("%s")::format)
                    .containsExactly("MCP tools: [asks, broken, free, hold, letter, nap, ship]"));

    @TestHTTPResource
    URL application;

    /** A flow that works in another function is no tool here. */
    @Test
    void flowWithoutAContract_takesAnyObject() {
        try (McpSyncClient client = ToolsApplication.client(application, progress -> {
        })) {
            Tool free = client.listTools().tools().stream().filter(tool -> tool.name().equals("free")).findFirst()
                    .orElseThrow();

            assertThat(free.inputSchema()).isEqualTo(Map.of("type", "object", "properties", Map.of()));
            assertThat(ToolsApplication.call(client, "free", Map.of("a", 1, "b", Map.of("c", 2))).structuredContent())
                    .isEqualTo(Map.of("a", 1, "b", Map.of("c", 2), "seen", 2));
        }
    }
}
