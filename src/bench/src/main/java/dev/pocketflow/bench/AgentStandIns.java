package dev.pocketflow.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.pocketflow.testing.ScriptedModel;
import dev.pocketflow.testing.http.LoopbackServer;

/** The stand-ins for the agent's model and its search, in this process. */
final class AgentStandIns implements AutoCloseable {

    private static final Path RESOURCES = Path.of("functions/agent/src/main/resources");

    private final ScriptedModel model;
    private final LoopbackServer search;

    private AgentStandIns(String script) throws IOException {
        model = ScriptedModel.fromYaml(script).start();
        // every query finds the same pages; the first one answers the benchmarks' question
        List<JsonNode> pages = new ArrayList<>();
        new ObjectMapper().readTree(RESOURCES.resolve("search-pages.json").toFile()).forEach(pages::add);
        byte[] found = ("{\"results\":" + pages.subList(2, 5) + "}").getBytes(StandardCharsets.UTF_8);
        search = LoopbackServer.start(0, "search", exchange -> LoopbackServer.answer(exchange, 200, "application/json", found));
    }

    /** Starts stand-ins that send an answer token by token, at the pace of a model. */
    static AgentStandIns paced() throws IOException {
        return new AgentStandIns(Files.readString(RESOURCES.resolve("model-script.yaml")));
    }

    /** Starts stand-ins that answer at once. A wait would hide the cost of the work. */
    static AgentStandIns unpaced() throws IOException {
        return new AgentStandIns(Files.readString(RESOURCES.resolve("model-script.yaml"))
                .replaceAll("(?m)^ *tokens-per-second:.*\\R", ""));
    }

    /** {@return the environment variables that make an agent use these stand-ins} */
    Map<String, String> environment() {
        return Map.of("QUARKUS_LANGCHAIN4J_OPENAI_API_KEY", "stand-in", "QUARKUS_LANGCHAIN4J_OPENAI_BASE_URL", model.baseUrl(),
                "TAVILY_API_KEY", "stand-in", "TAVILY_BASE_URL", "http://" + search.authority());
    }

    @Override
    public void close() {
        search.close();
        model.close();
    }
}
