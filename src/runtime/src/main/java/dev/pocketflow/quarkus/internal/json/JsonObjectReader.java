package dev.pocketflow.quarkus.internal.json;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;

/** The members of a JSON object that somebody else wrote: what is not of the kind asked for is refused by its place. */
public record JsonObjectReader(Map<String, Object> values, String place) {

    /** The most levels of parallel parts within parallel parts in the position of a run. */
    public static final int MAX_LEVELS = 100;

    /** @throws IllegalArgumentException if the value is no JSON object */
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

    /** {@return null where it is missing} */
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

    /** Also of one that is too large for a double, as 1e999, nothing can be made. */
    public double number(String name) {
        if (values.get(name) instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException(at(name) + " is not a number");
    }

    /** {@return false where it is missing} */
    public boolean flag(String name) {
        if (!has(name)) {
            return false;
        }
        if (values.get(name) instanceof Boolean flag) {
            return flag;
        }
        throw new IllegalArgumentException(at(name) + " is not true or false");
    }

    /** Also 5.0, which a service may have made of 5. */
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
