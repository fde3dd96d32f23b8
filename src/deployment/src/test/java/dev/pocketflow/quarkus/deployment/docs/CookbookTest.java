package dev.pocketflow.quarkus.deployment.docs;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

    /** A recipe has a template of its own. The tutorial is more than one: it reads folders and Git repositories. */
    @Test
    void everyRecipe_hasLessThan200LinesOfCode() throws IOException {
        Map<String, Long> lines = Pages.sources(".java").stream().filter(file -> file.toString().contains("/src/main/"))
                .filter(file -> Files.exists(recipe(file).resolve("template.yaml")))
                .collect(groupingBy(file -> recipe(file).getFileName().toString(), summingLong(CookbookTest::code)));

        assertThat(lines).containsKey("hello");
        assertThat(lines.remove("tutorial")).isLessThan(320);
        assertThat(lines).allSatisfy((name, code) -> assertThat(code).as(name).isLessThan(200));
    }

    private static Path recipe(Path source) {
        Path below = Pages.ROOT.relativize(source);
        return Pages.ROOT.resolve(below.subpath(0, Math.min(2, below.getNameCount())));
    }

    private static long code(Path file) {
        return Pages.text(file).lines().map(String::strip)
                .filter(line -> !line.isEmpty() && !line.matches("(import|package|//|/\\*|\\*).*")).count();
    }
}
