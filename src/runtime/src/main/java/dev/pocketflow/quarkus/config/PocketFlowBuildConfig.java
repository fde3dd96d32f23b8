package dev.pocketflow.quarkus.config;

import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The configuration that is fixed when a function is built. */
@ConfigRoot(phase = ConfigPhase.BUILD_AND_RUN_TIME_FIXED)
@ConfigMapping(prefix = "quarkus.pocketflow")
public interface PocketFlowBuildConfig {

    /**
     * The name of the flow that this function serves. It is not needed if there is one flow only, or if no event can reach the
     * application, because it has neither HTTP nor Lambda. Other flows are nested in it, started by {@code Flows}, or served
     * under their own paths.
     */
    Optional<String> flow();

    /**
     * The function over HTTP.
     */
    HttpEntry http();

    /** The function over HTTP. */
    interface HttpEntry {

        /**
         * Serves the flow over HTTP. With {@code false} the application has no endpoints of PocketFlow, and starts runs by
         * {@code Flows}.
         */
        @WithDefault("true")
        boolean enabled();

        /**
         * The path of the function, below {@code quarkus.rest.path}. {@code POST} to it starts runs. The graph is at
         * {@code flow} below it.
         */
        @WithDefault("/")
        String path();

        /**
         * The flows that are served over HTTP: {@code main}, the function's own at the path, or {@code all}, which serves each
         * flow of the application also at {@code flows/<name>} below the path.
         */
        @WithDefault("main")
        Served flows();
    }

    /**
     * Flows as tools of the Model Context Protocol.
     */
    McpTools mcp();

    /** Flows as tools of the Model Context Protocol. */
    interface McpTools {

        /**
         * Offers flows as MCP tools, if the application has an extension of Quarkus MCP Server, such as
         * {@code quarkus-mcp-server-http}.
         */
        @WithDefault("true")
        boolean enabled();

        /**
         * The flows that are tools: {@code contract}, those that declare what they take, or {@code all}. A flow that does not
         * declare it takes any JSON object.
         */
        @WithDefault("contract")
        Offered flows();
    }

    /** The flows that are MCP tools. */
    enum Offered {
        /** Every flow that declares what it takes. */
        CONTRACT,
        /** Every flow of the application. */
        ALL
    }

    /** The flows that are served over HTTP. */
    enum Served {
        /** The function's own flow. */
        MAIN,
        /** Every flow of the application. */
        ALL
    }
}
