package dev.pocketflow.quarkus.deployment.mcp;

import static org.hamcrest.Matchers.empty;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** An application whose MCP server is for tools of its own. */
class SwitchedOffTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = ToolsApplication.with()
            .overrideConfigKey("quarkus.pocketflow.flow", "ship")
            .overrideConfigKey("quarkus.pocketflow.mcp.enabled", "false");

    @Test
    void flows_areNoTools() {
        new RawClient().send("{\"jsonrpc\": \"2.0\", \"id\": 2, \"method\": \"tools/list\"}").then().statusCode(200)
                .body("result.tools", empty());
    }
}
