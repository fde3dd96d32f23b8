package dev.pocketflow.testing.eval.score;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/** Compares JSON. Numbers are equal by their value: 1 is 1.0. */
final class Structure {

    private Structure() {
    }

    /** Compares the whole output. */
    static Score whole(JsonNode expected, Answered answered) {
        JsonNode output = answered.output();
        if (same(expected, output)) {
            return Score.pass("equal");
        }
        Set<String> names = new LinkedHashSet<>();
        expected.fieldNames().forEachRemaining(names::add);
        output.fieldNames().forEachRemaining(names::add);
        names.removeIf(name -> expected.has(name) && output.has(name) && same(expected.get(name), output.get(name)));
        return Score.fail(expected.isObject() ? "not equal in " + names : "the output is an object, and not " + expected);
    }

    /** Compares the values at JSON paths. Thread-safe. */
    static final class Paths implements Scorer {

        @Override
        public Score score(JsonNode expected, Answered answered) {
            List<String> wrong = new ArrayList<>();
            for (Map.Entry<String, JsonNode> each : expected.properties()) {
                Optional<JsonNode> value = JsonPaths.read(each.getKey(), answered.output());
                if (value.isEmpty()) {
                    wrong.add(each.getKey() + " is missing");
                } else if (!same(each.getValue(), value.get())) {
                    wrong.add(each.getKey() + " is " + value.get());
                }
            }
            double right = (expected.size() - wrong.size()) / (double) expected.size();
            return wrong.isEmpty() ? Score.pass("all paths equal") : new Score(right, false, String.join("; ", wrong));
        }

        @Override
        public void check(JsonNode expected) {
            if (!expected.isObject() || expected.isEmpty()) {
                throw new IllegalArgumentException(
                        "must have JSON paths as keys, as in {$.answer: 15 minutes}, was " + expected);
            }
            expected.fieldNames().forEachRemaining(JsonPaths::compile);
        }
    }

    private static boolean same(JsonNode expected, JsonNode actual) {
        return expected.equals(Structure::compareValues, actual);
    }

    private static int compareValues(JsonNode a, JsonNode b) {
        if (a.isNumber() && b.isNumber() && isFinite(a) && isFinite(b)) {
            return a.decimalValue().compareTo(b.decimalValue());
        }
        return Objects.equals(a, b) ? 0 : 1;
    }

    private static boolean isFinite(JsonNode number) {
        return !number.isFloatingPointNumber() || number.isBigDecimal() || Double.isFinite(number.doubleValue());
    }
}
