package dev.pocketflow.testing.eval;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The output of a run. The maps are copied, their values are not.
 *
 * @param values the output, with values that Jackson can write
 * @param usage the units that the run used, such as {@code output-tokens}; empty if unknown
 */
public record Output(Map<String, @Nullable Object> values, Map<String, Double> usage) {

    /** Makes an output. */
    public Output {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        usage = Map.copyOf(usage);
    }

    /** {@return an output whose usage is unknown} */
    public static Output of(Map<String, ? extends @Nullable Object> values) {
        return new Output(new LinkedHashMap<>(values), Map.of());
    }
}
