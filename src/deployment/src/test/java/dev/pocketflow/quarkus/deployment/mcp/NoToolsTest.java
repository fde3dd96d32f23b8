package dev.pocketflow.quarkus.deployment.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.quarkus.deployment.app.CountingFlow;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.quarkus.arc.Arc;
import io.quarkus.test.QuarkusUnitTest;

/** An application that has no MCP server. */
class NoToolsTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = TestApplication.of(CountingFlow.CLASSES).overrideConfigKey("quarkus.pocketflow.flow",
            "count");

    @Test
    void applicationWithoutTheExtension_hasNoClassOfMcp() {
        assertThatThrownBy(() -> Class.forName("io.quarkiverse.mcp.server.ToolManager"))
                .isInstanceOf(ClassNotFoundException.class);
        assertThat(Arc.container().listAll(Object.class)).noneMatch(
                bean -> bean.getBean().getBeanClass().getName().startsWith("dev.pocketflow.quarkus.internal.mcp."));
    }
}
