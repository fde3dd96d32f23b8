package dev.pocketflow.quarkus.deployment;

import io.quarkus.builder.item.SimpleBuildItem;

/** The application serves flows over HTTP. */
final class HttpEntryBuildItem extends SimpleBuildItem {

    /** The path of the function: {@code /} or {@code /path}. */
    final String path;
    /** True if every flow is served. */
    final boolean all;

    HttpEntryBuildItem(String path, boolean all) {
        this.path = path;
        this.all = all;
    }
}
