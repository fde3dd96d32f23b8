package dev.pocketflow.quarkus.config;

/**
 * The paths of the function over HTTP, on a server and on Lambda.
 *
 * @param root of the function: {@code /} or {@code /path}
 * @param graph of its graph
 * @param flows of all flows, if they are served
 * @param runs of the status of runs
 * @param all whether all flows are served
 */
public record FunctionPaths(String root, String graph, String flows, String runs, boolean all) {

    public static FunctionPaths of(PocketFlowBuildConfig.HttpEntry config) {
        String root = "/" + config.path().replaceAll("^/*|/*$", "");
        String base = base(root);
        return new FunctionPaths(root, base + "/flow", base + "/flows", base + "/runs",
                config.flows() == PocketFlowBuildConfig.Served.ALL);
    }

    private static String base(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** {@return the name of the flow at a path, as it is encoded there; null if no flow is} */
    public String flow(String path) {
        return all ? below(flows, path) : null;
    }

    /** {@return the ULID of the run whose status is at a path; null if none is} */
    public String run(String path) {
        return below(runs, path);
    }

    private static String below(String folder, String path) {
        return path.startsWith(folder + "/") ? path.substring(folder.length() + 1) : null;
    }

    /**
     * {@return the path of the status of a run}
     *
     * @param request the path of the request that started it, with any prefix that a gateway removes
     */
    public String status(String request, String run) {
        String path = base(request);
        int flow = all ? path.lastIndexOf(flows + "/") : -1;
        String own = base(root);
        String prefix = flow >= 0 ? path.substring(0, flow)
                : path.endsWith(own) ? path.substring(0, path.length() - own.length()) : "";
        return prefix + runs + "/" + run;
    }
}
