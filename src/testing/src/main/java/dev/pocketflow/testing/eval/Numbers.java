package dev.pocketflow.testing.eval;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Numbers in messages and reports, alike in every locale. */
final class Numbers {

    private Numbers() {
    }

    /** {@return a number without an exponent, and without a fraction if it has none} */
    static String plain(double value) {
        return Double.isFinite(value) ? new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString()
                : Double.toString(value);
    }

    /** {@return a score or a rate with two digits; a dash for none} */
    static String score(OptionalDouble value) {
        return value.isPresent() ? score(value.getAsDouble()) : "–";
    }

    static String score(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1e3);
    }

    static String usage(Map<String, Double> usage) {
        return new TreeMap<>(usage).entrySet().stream().map(unit -> plain(unit.getValue()) + " " + unit.getKey())
                .collect(Collectors.joining(", "));
    }
}
