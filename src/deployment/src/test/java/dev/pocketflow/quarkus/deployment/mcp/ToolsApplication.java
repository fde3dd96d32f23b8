package dev.pocketflow.quarkus.deployment.mcp;

import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

import jakarta.enterprise.inject.Produces;

import dev.pocketflow.Await;
import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.RemoteFlow;
import dev.pocketflow.Store;
import dev.pocketflow.Visit;
import dev.pocketflow.Wait;
import dev.pocketflow.quarkus.deployment.app.TestApplication;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.quarkus.test.QuarkusUnitTest;

/** An application whose flows are MCP tools, and the client that calls them. */
final class ToolsApplication {

    static final String SECRET = "S3CRET";

    private ToolsApplication() {
    }

    static QuarkusUnitTest with(Class<?>... classes) {
        return TestApplication.of(classes, ToolsApplication.class, RawClient.class, Flows.class, Line.class, Hold.class)
                .setForcedDependencies(RawClient.SERVER);
    }

    /** A client that checks each answer by the tool's schema. */
    static McpSyncClient client(URL application, Consumer<ProgressNotification> progress) {
        McpSyncClient client = McpClient
                .sync(HttpClientStreamableHttpTransport.builder(application.toString()).endpoint("/mcp").build())
                .requestTimeout(Duration.ofSeconds(30)).enableCallToolSchemaCaching(true).progressConsumer(progress).build();
        client.initialize();
        client.listTools();
        return client;
    }

    static CallToolResult call(McpSyncClient client, String tool, Map<String, Object> arguments) {
        return client.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
    }

    static String text(CallToolResult answer) {
        return ((TextContent) answer.content().get(0)).text();
    }

    record Line(String article, int count) {
    }

    static final Key<List<Line>> LINES = Key.listOf("lines", Line.class).describedAs("What is ordered");
    static final Key<Integer> BOXES = Key.of("boxes", Integer.class).defaultTo(1);
    static final Key<String> NOTE = Key.of("note", String.class).optional();
    static final Key<String> CARD = Key.secret("card", String.class).defaultTo("none");
    static final Key<Integer> PIECES = Key.of("pieces", Integer.class);
    static final Key<String> TEXT = Key.of("text", String.class);
    static final Key<String> HOW = Key.of("how", String.class);

    /** Waits until it is interrupted, or the test releases it. */
    static class Hold implements Node<Boolean, Void> {
        static final BlockingQueue<String> TOLD = new LinkedBlockingQueue<>();
        static final Semaphore RELEASE = new Semaphore(0);

        @Override
        public Boolean prep(Store shared) {
            TOLD.add(Visit.current().isWatched() ? "watched" : "held");
            return null;
        }

        @Override
        public Void exec(Boolean nothing) throws InterruptedException {
            try {
                RELEASE.acquire();
            } catch (InterruptedException e) {
                TOLD.add("interrupted");
                throw e;
            }
            return null;
        }
    }

    static class Flows {
        @Produces
        Flow ship() {
            return Flow.named("ship").describedAs("Ships an order").takes(LINES, BOXES, NOTE, CARD).gives(PIECES, BOXES, CARD)
                    .node("pack", Node.of(LINES, Flows::count, PIECES)).then("label")
                    .node("label", Node.route(store -> "labelled")).ends("labelled").build();
        }

        private static int count(List<Line> lines) {
            return lines.stream().mapToInt(Line::count).sum();
        }

        @Produces
        Flow letter() {
            return Flow.named("letter").takes(TEXT).gives(TEXT)
                    .node("approval", Await.signal("approval").expires(Duration.ofHours(1))).on("yes", "send")
                    .on("expired", "send")
                    .node("send", Node.route(store -> null)).build();
        }

        @Produces
        Flow nap() {
            return Flow.named("nap").takes().gives().node("nap", Wait.of(Duration.ofHours(1))).then("end")
                    .node("end", Node.route(store -> null)).build();
        }

        @Produces
        Flow broken() {
            return Flow.named("broken").takes(HOW).node("break", Node.of(HOW, Flows::fail, TEXT)).build();
        }

        private static String fail(String how) {
            if (how.equals("flow")) {
                throw new FlowException("safe to show", new IllegalStateException(SECRET));
            }
            throw new IllegalStateException(SECRET);
        }

        @Produces
        Flow hold(Hold hold) {
            return Flow.named("hold").takes().gives().node("hold", hold).then("end").node("end", Node.route(store -> null))
                    .build();
        }

        /** It has no contract. */
        @Produces
        Flow free() {
            return Flow.named("free").node("see", Node.route(store -> {
                store.put("seen", store.asMap().size());
                return null;
            })).build();
        }

        /** It works in another function, unless runs are handed over within this process: the next one names it. */
        @Produces
        Flow remote() {
            return Flow.named("remote").takes(TEXT).node("end", Node.route(store -> null)).build();
        }

        @Produces
        Flow asks() {
            return Flow.named("asks").node("ask", new RemoteFlow("remote")).build();
        }
    }
}
