package dev.pocketflow.internal.json;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;

import com.fasterxml.jackson.databind.JavaType;

/** Finds numbers that another value takes the place of when JSON is read as a type, such as a record with a {@code double}. */
public final class LostDigits {

    /** A float holds every whole number up to this one. */
    private static final long EXACT = 1L << 24;

    private LostDigits() {
    }

    /**
     * {@return whether a number in an object or an array has another value in what it was read as}
     *
     * @param raw maps, lists, texts and numbers, or an object of another type
     * @param typed what Jackson made of it
     * @param type the type that it was read as
     */
    public static boolean in(Object raw, Object typed, JavaType type) {
        try {
            Object json = isJson(raw) ? raw : tree(raw, null);
            return mayLose(json) && differs(json, tree(typed, type));
        } catch (IOException | RuntimeException | StackOverflowError e) {
            return false; // it has no JSON, which is reported where it is to be written
        }
    }

    private static boolean isJson(Object raw) {
        return raw instanceof Map || raw instanceof Collection || raw instanceof String || raw instanceof Boolean;
    }

    private static Object tree(Object value, JavaType type) throws IOException {
        return JsonValues.readScaled(Json.MAPPER.getFactory(), Json.MAPPER.writeValueAsBytes(TypedValue.of(value, type)));
    }

    private static boolean mayLose(Object raw) {
        if (raw instanceof Map<?, ?> object) {
            return object.values().stream().anyMatch(LostDigits::mayLoseInside);
        }
        return raw instanceof Collection<?> array && array.stream().anyMatch(LostDigits::mayLoseInside);
    }

    private static boolean mayLoseInside(Object value) {
        boolean small = value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte;
        return value instanceof Number number ? !small || Math.abs(number.longValue()) > EXACT : mayLose(value);
    }

    /** What the type leaves out, or names otherwise, is no loss of digits. */
    private static boolean differs(Object raw, Object back) {
        if (raw instanceof Map<?, ?> object && back instanceof Map<?, ?> read) {
            return object.entrySet().stream().anyMatch(each -> differs(each.getValue(), read.get(each.getKey())));
        } else if (raw instanceof Collection<?> array && back instanceof Collection<?> read && array.size() == read.size()) {
            Iterator<?> other = read.iterator();
            return array.stream().anyMatch(each -> differs(each, other.next()));
        }
        return raw instanceof Number number && back instanceof Number other
                && new BigDecimal(number.toString()).compareTo(new BigDecimal(other.toString())) != 0;
    }
}
