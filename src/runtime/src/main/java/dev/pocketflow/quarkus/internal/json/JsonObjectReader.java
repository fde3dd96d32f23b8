package dev.pocketflow.quarkus.internal.json;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;

/**
 * Reads the members of a JSON object from another writer. A member of another kind than requested is refused, and the message
 * names its place.
 */
public record JsonObjectReader(Map<String, Object> values, String place) {

    /** The most levels of parallel parts within parallel parts in the position of a run. */
    public static final int MAX_LEVELS = 100;

    /** @throws IllegalArgumentException if the value is not a JSON object */
    @SuppressWarnings("unchecked")
    public static JsonObjectReader of(Object value, String place) {
        if (value instanceof Map<?, ?> object) {
            return new JsonObjectReader((Map<String, Object>) object, place);
        }
        throw new IllegalArgumentException(place + " is not a JSON object");
    }

    public boolean has(String name) {
        return values.get(name) != null;
    }

    public JsonObjectReader object(String name) {
        return of(values.get(name), at(name));
    }

    public List<?> list(String name) {
        if (values.get(name) instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException(at(name) + " is not a JSON array");
    }

    public String text(String name) {
        if (values.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(at(name) + " is not a text");
    }

    /** {@return the text; null if it is missing} */
    public String optionalText(String name) {
        return has(name) ? text(name) : null;
    }

    public Instant instant(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(at(name) + " is not a time such as 2026-11-22T10:15:30Z");
        }
    }

    /** Refuses a number that is too large for a double too, such as 1e999: it has no value. */
    public double number(String name) {
        if (values.get(name) instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException(at(name) + " is not a number");
    }

    /** {@return the flag; false if it is missing} */
    public boolean flag(String name) {
        if (!has(name)) {
            return false;
        }
        if (values.get(name) instanceof Boolean flag) {
            return flag;
        }
        throw new IllegalArgumentException(at(name) + " is not true or false");
    }

    /** Accepts 5.0 too: a service may have written 5 as 5.0. */
    public long whole(String name, long least, long most) {
        double number = number(name);
        if (number != Math.rint(number) || number < least || number > most) {
            throw new IllegalArgumentException(at(name) + " is not a whole number from " + least + " to " + most);
        }
        return (long) number;
    }

    public String at(String name) {
        return place + "." + name;
    }
}
