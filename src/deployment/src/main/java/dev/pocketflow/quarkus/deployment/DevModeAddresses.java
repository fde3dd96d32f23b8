package dev.pocketflow.quarkus.deployment;

import java.util.ArrayList;
import java.util.List;

import org.jboss.logging.Logger;

import io.quarkus.bootstrap.app.RunningQuarkusApplication;
import io.quarkus.deployment.dev.DevModeListener;

/** Logs the addresses of the function after its first start in dev mode, as the last lines of the start. */
public final class DevModeAddresses implements DevModeListener {

    private static final Logger LOG = Logger.getLogger(DevModeAddresses.class);
    private static final String HTTP = "io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder";
    private static final String DEV_UI = "io.quarkus.devui.runtime.DevUIRecorder";

    @Override
    public void afterFirstStart(RunningQuarkusApplication application) {
        lines(application).forEach(LOG::info);
    }

    @Override
    public void beforeShutdown() {
        // nothing was started
    }

    /** {@return one line for each address; no line without the HTTP target} */
    static List<String> lines(RunningQuarkusApplication application) {
        List<String> lines = new ArrayList<>();
        if (has(application, HTTP)) {
            String server = "http://localhost:" + setting(application, "quarkus.http.port", "8080");
            String root = folder(setting(application, "quarkus.http.root-path", "/"));
            if (!setting(application, "quarkus.pocketflow.http.enabled", "true").equals("false")) {
                String path = folder(root + setting(application, "quarkus.pocketflow.http.path", "/"));
                lines.add("To start a run: POST " + server + path);
                lines.add("The graph of the flow: " + server + path + "flow");
            }
            if (has(application, DEV_UI)) {
                String quarkus = setting(application, "quarkus.http.non-application-root-path", "q");
                lines.add("The Dev UI: " + server + folder(quarkus.startsWith("/") ? quarkus : root + quarkus) + "dev-ui");
            }
        }
        return lines;
    }

    private static String folder(String path) {
        return ("/" + path + "/").replaceAll("/+", "/");
    }

    private static String setting(RunningQuarkusApplication application, String name, String otherwise) {
        return application.getConfigValue(name, String.class).orElse(otherwise);
    }

    private static boolean has(RunningQuarkusApplication application, String className) {
        try {
            application.getClassLoader().loadClass(className);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
