package dev.pocketflow.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.bench.Start.Asked;
import dev.pocketflow.bench.StartsInTurn.Figure;

/**
 * W8: measures from the start of a process to the answer of a whole run. Compares functions/agent with a bare function that
 * does the same by hand. Both are native executables, and use the same stand-ins for the model and the search. Over HTTP it
 * also measures the time until the process is ready.
 */
public final class AgentBench {

    private static final String QUESTION = "{\"question\":\"How long may an AWS Lambda function run?\"}";

    private AgentBench() {
    }

    /** @param args {@code --quick} for a short run whose figures are only a rough indication */
    public static void main(String[] args) throws IOException, InterruptedException {
        StartsInTurn starts = new StartsInTurn(args);
        try (AgentStandIns standIns = AgentStandIns.unpaced()) {
            Asked question = new Asked(QUESTION, standIns.environment(), AgentBench::isAnswered);
            Asked ready = new Asked(null, standIns.environment(), answer -> answer.path("status").asText().equals("UP"));
            for (String target : List.of(Image.HTTP, Image.LAMBDA)) {
                Map<String, Image> images = Image.agents(target);
                if (!images.isEmpty()) {
                    Image bare = images.get(Image.BARE_AGENT);
                    Image agent = images.get(Image.AGENT);
                    String work = "W8 " + target;
                    starts.measure(work, bare, agent, question, Figure.START, Figure.CPU, Figure.RSS);
                    if (target.equals(Image.HTTP)) {
                        starts.measure(work + " ready", bare, agent, ready, Figure.START, Figure.CPU, Figure.RSS);
                    }
                    starts.sizes(work, bare, agent);
                }
            }
        }
        if (!starts.results().isEmpty()) {
            Result.write(Path.of("src/bench/target/agent.json"), starts.results());
        }
    }

    /** Both answer with the notes and the answer. The agent's are in the store of its outcome. */
    private static boolean isAnswered(JsonNode answer) {
        JsonNode known = answer.path("store").isMissingNode() ? answer : answer.path("store");
        return known.path("answer").asText().contains("15 minutes") && !known.path("notes").isEmpty();
    }
}
