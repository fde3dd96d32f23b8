package dev.pocketflow.quarkus.internal.json;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import dev.pocketflow.internal.LogText;
import dev.pocketflow.quarkus.BadEvent;

/** Checks the values that an event puts into a store: an envelope can carry their depth, and a double can hold their size. */
public final class IncomingValues {

    /** The levels around a value: the envelope and its store. */
    private static final int AROUND = 2;

    private final int maxDepth;
    private final String member;

    private IncomingValues(int maxDepth, String member) {
        this.maxDepth = maxDepth - AROUND;
        this.member = member;
    }

    /**
     * Checks each value by itself.
     *
     * @param maxDepth the value of {@code quarkus.pocketflow.envelope.max-depth}
     * @throws BadEvent if a value exceeds a limit; it names the member and shows no value
     */
    public static void check(Map<String, ?> values, int maxDepth) {
        for (Map.Entry<String, ?> each : values.entrySet()) {
            check(each.getKey(), each.getValue(), maxDepth);
        }
    }

    /** Checks one value, which will be stored under the name. */
    public static void check(String name, Object value, int maxDepth) {
        if (value instanceof Map || value instanceof List || value instanceof BigDecimal) {
            new IncomingValues(maxDepth, name).value(value, 0);
        }
    }

    private void value(Object value, int depth) {
        if (value instanceof Map<?, ?> object) {
            enter(depth);
            for (Object each : object.values()) {
                value(each, depth + 1);
            }
        } else if (value instanceof List<?> list) {
            enter(depth);
            for (Object each : list) {
                value(each, depth + 1);
            }
        } else if (value instanceof BigDecimal number && Double.isInfinite(number.doubleValue())) {
            throw new BadEvent(400, named() + " has a number that is too large. Send it as a text");
        }
    }

    private void enter(int depth) {
        if (depth >= maxDepth) {
            throw new BadEvent(400, named() + " is nested more than " + maxDepth
                    + " deep, and an envelope allows no more. Make it flatter, or raise quarkus.pocketflow.envelope.max-depth");
        }
    }

    private String named() {
        return "the event's value '" + LogText.of(member) + "'";
    }
}
