package dev.pocketflow.testing.eval.score;

import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An input and the output for it, as a scorer sees them. The JSON must not be changed. Then it is thread-safe.
 *
 * @param input the input of the case
 * @param output the output of the flow
 * @param spending counts the model calls of scorers towards the budget
 */
public record Answered(JsonNode input, JsonNode output, Spending spending) {

    /** Counts what a scorer uses. */
    @FunctionalInterface
    public interface Spending {

        /**
         * Counts calls of models.
         *
         * @param calls the number of calls
         * @param usage the units that they used, such as {@code output-tokens}; empty if unknown
         */
        void add(int calls, Map<String, Double> usage);
    }

    /** {@return all texts, numbers and booleans of the output in their order, one on each line} */
    public String text() {
        return text(output);
    }

    /**
     * {@return the texts, numbers and booleans at a JSON path of the output, one on each line; empty if nothing is there}
     *
     * @param path the JSON path, such as {@code $.answer}
     */
    public Optional<String> text(String path) {
        return JsonPaths.read(path, output).map(Answered::text);
    }

    private static String text(JsonNode node) {
        StringJoiner lines = new StringJoiner("\n");
        collect(node, lines);
        return lines.toString();
    }

    private static void collect(JsonNode node, StringJoiner lines) {
        if (node.isValueNode() && !node.isNull()) {
            lines.add(node.asText());
        }
        node.forEach(child -> collect(child, lines));
    }
}
