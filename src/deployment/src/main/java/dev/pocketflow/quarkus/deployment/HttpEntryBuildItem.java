package dev.pocketflow.quarkus.deployment;

import dev.pocketflow.quarkus.config.FunctionPaths;
import io.quarkus.builder.item.SimpleBuildItem;

/** The application serves flows over HTTP. */
final class HttpEntryBuildItem extends SimpleBuildItem {

    final FunctionPaths paths;

    HttpEntryBuildItem(FunctionPaths paths) {
        this.paths = paths;
    }
}
