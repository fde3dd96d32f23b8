package dev.pocketflow.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.pocketflow.bench.StartsInTurn.Figure;

/**
 * W4: measures from the start of a process to its first answer. Compares a flow of three nodes with a bare function that does
 * the same. The two take turns.
 */
public final class StartsBench {

    private StartsBench() {
    }

    /** @param args {@code --quick} for a short run whose figures are only a rough indication */
    public static void main(String[] args) throws IOException, InterruptedException {
        Start.Asked asked = new Start.Asked(new ObjectMapper().writeValueAsString(State.make()), Map.of(),
                StartsBench::isCounted);
        StartsInTurn starts = new StartsInTurn(args);
        for (String target : List.of(Image.HTTP, Image.LAMBDA)) {
            for (String mode : List.of(Image.NATIVE, Image.JVM, Image.AOT)) {
                Map<String, Image> images = Image.of(mode, target);
                if (!images.isEmpty()) {
                    String work = "W4 " + target + " " + mode;
                    starts.measure(work, images.get(Image.BARE), images.get(Image.FLOW), asked, Figure.START, Figure.RSS);
                    if (mode.equals(Image.NATIVE)) {
                        starts.sizes(work, images.get(Image.BARE), images.get(Image.FLOW));
                    }
                }
            }
        }
        Result.write(Path.of("src/bench/target/starts.json"), starts.results());
    }

    private static boolean isCounted(JsonNode answer) {
        return answer.path("status").asText().equals("completed") && answer.path("store").path("count").asInt() == 3
                && answer.path("path").size() == 3;
    }
}
