package dev.pocketflow.quarkus.internal.mcp;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.quarkus.config.PocketFlowBuildConfig.McpTools;
import dev.pocketflow.quarkus.config.PocketFlowBuildConfig.Offered;

/** Chooses the flows that are tools. It uses no class of MCP, so that every build can load it. */
public final class ToolFlows {

    /** See <a href="https://modelcontextprotocol.io/specification/2025-11-25/server/tools#tool-names">tool names</a>. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

    private ToolFlows() {
    }

    /**
     * {@return the flows that are tools}
     *
     * @param flows the application's flows
     * @throws FlowException if the name of one is no name of a tool
     */
    public static List<Flow> of(Collection<Flow> flows, McpTools config) {
        List<Flow> tools = flows.stream().filter(flow -> config.flows() == Offered.ALL || flow.takes().isPresent()).toList();
        for (Flow flow : tools) {
            if (!NAME.matcher(flow.name()).matches()) {
                throw new FlowException("flow '" + flow.name() + "' cannot be an MCP tool: the name of a tool has 1 to 128 "
                        + "characters, each a letter of A to Z, a digit, or one of _ - . Rename the flow, or set "
                        + "quarkus.pocketflow.mcp.enabled=false");
            }
        }
        return tools;
    }
}
