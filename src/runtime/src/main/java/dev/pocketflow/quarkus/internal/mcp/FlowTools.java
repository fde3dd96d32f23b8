package dev.pocketflow.quarkus.internal.mcp;

import java.util.List;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.quarkus.config.InputConfig;
import dev.pocketflow.quarkus.config.PocketFlowBuildConfig;
import dev.pocketflow.quarkus.config.PocketFlowConfig;
import dev.pocketflow.quarkus.internal.contract.FlowContract;
import dev.pocketflow.quarkus.internal.entry.FlowFunction;
import dev.pocketflow.quarkus.internal.entry.RunStarter;
import io.quarkiverse.mcp.server.ToolManager;
import io.quarkus.runtime.StartupEvent;

/** Offers the flows that work here as tools, when the application starts. */
@Singleton
public class FlowTools {

    private static final Logger LOG = Logger.getLogger("dev.pocketflow.mcp");

    private final FlowFunction function;
    private final RunStarter starter;
    private final PocketFlowBuildConfig build;
    private final PocketFlowConfig config;
    private List<String> names = List.of();

    FlowTools(FlowFunction function, RunStarter starter, PocketFlowBuildConfig build, PocketFlowConfig config) {
        this.function = function;
        this.starter = starter;
        this.build = build;
        this.config = config;
    }

    void offer(@Observes StartupEvent started, ToolManager tools) {
        List<String> here = function.startable();
        List<Flow> flows = ToolFlows.of(function.flows().values(), build.mcp()).stream()
                .filter(flow -> here.contains(flow.name())).toList();
        flows.forEach(flow -> register(tools, flow));
        names = flows.stream().map(Flow::name).toList();
        LOG.infof("MCP tools: %s", names);
    }

    private void register(ToolManager tools, Flow flow) {
        FlowContract contract = function.contracts().of(flow);
        ToolAnswers answers = new ToolAnswers(contract);
        ToolManager.ToolDefinition tool = tools.newTool(flow.name())
                .setDescription(flow.description().orElse("Runs the flow '" + flow.name() + "'"))
                .setInputSchema(contract.input(config.input().unknown() == InputConfig.Unknown.IGNORE, "#/$defs/"))
                .setOutputSchema(answers.schema())
                .setAsyncHandler(arguments -> new ToolCall(flow.name(), arguments, function.load()).answer(starter, answers));
        try {
            tool.register();
        } catch (IllegalArgumentException | IllegalStateException refused) {
            throw new FlowException("flow '" + flow.name() + "' cannot be an MCP tool: " + refused.getMessage()
                    + ". Rename the flow or the other tool, or set quarkus.pocketflow.mcp.enabled=false", refused);
        }
    }

    /** {@return whether a tool is a flow} */
    boolean isFlow(String tool) {
        return names.contains(tool);
    }
}
