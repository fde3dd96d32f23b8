package dev.pocketflow.quarkus.internal.mcp;

import java.util.Objects;

import jakarta.inject.Singleton;

import io.quarkiverse.mcp.server.McpMethod;
import io.quarkiverse.mcp.server.runtime.McpRequest;
import io.quarkiverse.mcp.server.runtime.McpRequestValidator;
import io.quarkus.arc.DefaultBean;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/**
 * Drops the arguments of flows that are null. Models send null for an optional argument, and Quarkus MCP Server (1.13) copies
 * the
 * arguments of such a tool into a map that holds no null: the call would end with an internal error.
 */
@DefaultBean
@Singleton
public class NullArguments implements McpRequestValidator {

    private final FlowTools tools;

    NullArguments(FlowTools tools) {
        this.tools = tools;
    }

    @Override
    public <R extends McpRequest> Future<Boolean> validate(JsonObject message, R request, McpMethod method) {
        if (method == McpMethod.TOOLS_CALL && message.getValue("params") instanceof JsonObject params
                && params.getValue("name") instanceof String name && tools.isFlow(name)
                && params.getValue("arguments") instanceof JsonObject arguments) {
            arguments.getMap().values().removeIf(Objects::isNull);
        }
        return Future.succeededFuture(true);
    }
}
