package dev.pocketflow.internal;

import java.util.List;
import java.util.Map;

/** The members of a JSON object that somebody else wrote: what is not of the kind asked for is refused by its place. */
public record Members(Map<String, Object> values, String place) {

    /** @throws IllegalArgumentException if the value is no JSON object */
    @SuppressWarnings("unchecked")
    public static Members of(Object value, String place) {
        if (value instanceof Map<?, ?> object) {
            return new Members((Map<String, Object>) object, place);
        }
        throw new IllegalArgumentException(place + " is not a JSON object");
    }

    public boolean has(String name) {
        return values.get(name) != null;
    }

    public Members object(String name) {
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

    public double number(String name) {
        if (values.get(name) instanceof Number number) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException(at(name) + " is not a number");
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
