package dev.pocketflow.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * A single figure.
 *
 * @param work such as {@code W1}; a work with several figures names the figure: {@code W4 lambda native start}
 * @param row the measured contender: {@code limit}, {@code PocketFlow}, or a peer with its version
 * @param value the median of the rounds
 * @param ratio to the limit's value of the same round, the median of the rounds; 1 for the limit
 * @param spread the lowest and the highest ratio; for the limit, its lowest and highest value
 */
public record Result(String work, String row, double value, String unit, double ratio, List<Double> spread) {

    static final String LIMIT = "limit";
    static final String OURS = "PocketFlow";
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param values one for each round
     * @param limits the limit's values of the same rounds
     */
    static Result of(String work, String row, String unit, double[] values, double[] limits) {
        double[] ratios = values.clone();
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] /= limits[i];
        }
        Quantiles of = Quantiles.of(row.equals(LIMIT) ? values : ratios);
        return new Result(work, row, Quantiles.of(values).median(), unit, Quantiles.of(ratios).median(),
                List.of(of.lowest(), of.highest()));
    }

    static List<Result> read(Path file) throws IOException {
        return List.of(JSON.readValue(file.toFile(), Result[].class));
    }

    static void write(Path file, List<Result> results) throws IOException {
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), results);
    }
}
