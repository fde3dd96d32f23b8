package dev.pocketflow.quarkus.config;

/**
 * The paths of the function over HTTP, on a server and on Lambda.
 *
 * @param root of the function: {@code /} or {@code /path}
 * @param graph of its graph
 * @param flows of all flows, if they are served
 * @param all whether they are
 */
public record FunctionPaths(String root, String graph, String flows, boolean all) {

    public static FunctionPaths of(PocketFlowBuildConfig.HttpEntry config) {
        String folder = config.path().replaceAll("^/*|/*$", "");
        String root = "/" + folder;
        String base = folder.isEmpty() ? "" : root;
        return new FunctionPaths(root, base + "/flow", base + "/flows", config.flows() == PocketFlowBuildConfig.Served.ALL);
    }

    /** {@return the name of the flow at a path, as it is encoded there; null if no flow is} */
    public String flow(String path) {
        return all && path.startsWith(flows + "/") ? path.substring(flows.length() + 1) : null;
    }
}
