package dev.pocketflow.quarkus.deployment;

import io.quarkus.builder.item.SimpleBuildItem;

/** The application offers flows as MCP tools. */
final class McpToolsBuildItem extends SimpleBuildItem {
}
