package dev.pocketflow.quarkus.deployment.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The page on the cookbook names every example of the original, and every function of this repository. */
class CookbookTest {

    private static final Path PAGE = Pages.ROOT.resolve("src/docs/cookbook.md");
    /** The folders {@code cookbook/pocketflow-*} of the original. */
    private static final List<String> EXAMPLES = List.of("hello-world", "node", "communication", "flow", "async-basic", "batch",
            "batch-node", "batch-flow", "nested-batch", "workflow", "structured-output", "lead-generation", "newsletter",
            "invoice", "notebook-lm", "text2sql", "agent-skills", "agent", "supervisor", "tao", "thinking", "coding-agent",
            "code-generator", "deep-research", "heartbeat", "mcp", "a2a", "google-calendar", "gradio-hitl", "judge", "debate",
            "majority-vote", "self-healing-mermaid", "chat-guardrail", "map-reduce", "parallel-batch", "parallel-batch-flow",
            "rag", "agentic-rag", "chat-memory", "chat", "fastapi-hitl", "fastapi-background", "fastapi-websocket", "cli-hitl",
            "streamlit-fsm", "llm-streaming", "voice-chat", "multi-agent", "tool-crawler", "tool-database", "tool-embeddings",
            "tool-pdf-vision", "tool-search", "tracing", "visualization");

    @Test
    void everyExample_hasARow() {
        assertThat(Pages.find(PAGE, "^\\| ([a-z0-9-]+) \\| (.*) \\|$").filter(row -> !row.group(1).equals("example"))
                .map(row -> row.group(1))).containsExactlyElementsOf(EXAMPLES).hasSize(56);
    }

    @Test
    void everyFunction_isNamed_butThatOfTests() throws IOException {
        try (Stream<Path> functions = Files.list(Pages.ROOT.resolve("functions"))) {
            assertThat(functions.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .map(folder -> folder.getFileName().toString()).filter(name -> !name.equals("loop")))
                    .allSatisfy(name -> assertThat(Pages.text(PAGE)).contains("(../../functions/" + name + ")"));
        }
    }
}
