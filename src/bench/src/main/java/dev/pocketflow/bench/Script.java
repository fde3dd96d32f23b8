package dev.pocketflow.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.pocketflow.bench.Contenders.Kind;

/**
 * A contender in another language. The program receives the work, its size and the repetitions, and warms up. It prints a line
 * of JSON for each repetition, {@code {"nanos": …}}: the time of a step, or of all items.
 */
record Script(String name, List<String> command) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param rows {@code name=command and its arguments}, as found by run.sh */
    static List<Script> of(String... rows) {
        List<Script> scripts = new ArrayList<>();
        for (String row : rows) {
            scripts.add(
                    new Script(row.substring(0, row.indexOf('=')), List.of(row.substring(row.indexOf('=') + 1).split(" "))));
        }
        return scripts;
    }

    /**
     * The result that the program printed.
     *
     * @param nanos the median of the repetitions
     * @param bytes of a step; 0 if it writes none
     */
    record Measured(double nanos, double bytes) {
    }

    Measured measure(Kind kind, int size, int repetitions) throws IOException {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(kind.name(), Integer.toString(size), Integer.toString(repetitions)));
        Process process = new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        List<Double> nanos = new ArrayList<>();
        double bytes = 0;
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode measured = JSON.readTree(line);
                nanos.add(measured.get("nanos").asDouble());
                bytes = measured.path("bytes").asDouble();
            }
        }
        if (nanos.isEmpty()) {
            throw new IllegalStateException(name + " has measured nothing: " + String.join(" ", all));
        }
        return new Measured(Quantiles.of(nanos.stream().mapToDouble(Double::doubleValue).toArray()).median(), bytes);
    }
}
