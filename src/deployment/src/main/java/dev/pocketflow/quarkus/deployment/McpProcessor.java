package dev.pocketflow.quarkus.deployment;

import java.util.List;
import java.util.Optional;

import dev.pocketflow.quarkus.config.PocketFlowBuildConfig;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.AdditionalIndexedClassesBuildItem;

/** Flows as tools. Their classes are part of a build that has Quarkus MCP Server only: no other build can load them. */
class McpProcessor {

    private static final String PACKAGE = "dev.pocketflow.quarkus.internal.mcp.";
    private static final List<String> CLASSES = List.of(PACKAGE + "FlowTools", PACKAGE + "NullArguments");
    /** A class of the extension, which declares no capability. */
    private static final String EXTENSION = "io.quarkiverse.mcp.server.ToolManager";

    @BuildStep
    void tools(PocketFlowBuildConfig config, BuildProducer<McpToolsBuildItem> tools) {
        if (config.mcp().enabled() && QuarkusClassLoader.isClassPresentAtRuntime(EXTENSION)) {
            tools.produce(new McpToolsBuildItem());
        }
    }

    @BuildStep
    void beans(Optional<McpToolsBuildItem> tools, BuildProducer<AdditionalIndexedClassesBuildItem> indexed,
            BuildProducer<AdditionalBeanBuildItem> beans) {
        if (tools.isPresent()) {
            OptionalBeans.add(CLASSES, indexed, beans);
        }
    }
}
