package dev.pocketflow.internal.json;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JavaType;

/** Finds numbers that change their value when JSON is read as a type, such as a record with a {@code double}. */
public final class LostDigits {

    /** A float holds every whole number up to this one. */
    private static final long EXACT = 1L << 24;

    /** The texts that Jackson writes for infinite doubles and floats. */
    private static final Set<String> INFINITE = Set.of("Infinity", "-Infinity");

    private LostDigits() {
    }

    /**
     * {@return whether a number has changed its value}
     *
     * @param raw maps, lists, texts and numbers, or an object of another type
     * @param typed Jackson's conversion of it
     * @param type the type that it was converted to
     * @throws IllegalArgumentException if the type is too narrow for a number, which became infinite
     */
    public static boolean in(Object raw, Object typed, JavaType type) {
        if (raw instanceof Number && typed instanceof Number) {
            return (typed instanceof Double || typed instanceof Float) && differs(raw, typed);
        }
        Object before;
        Object after;
        try {
            before = isJson(raw) ? raw : tree(raw, null);
            if (!mayLose(before)) {
                return false;
            }
            after = tree(typed, type);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            return false; // the value cannot be written as JSON; the hop or the answer reports it
        }
        return differs(before, after);
    }

    private static boolean isJson(Object raw) {
        return raw instanceof Map || raw instanceof Collection || raw instanceof String || raw instanceof Boolean
                || raw instanceof Number;
    }

    private static Object tree(Object value, JavaType type) throws IOException {
        return JsonValues.readScaled(Json.MAPPER.getFactory(), Json.MAPPER.writeValueAsBytes(TypedValue.of(value, type)));
    }

    private static boolean mayLose(Object raw) {
        if (raw instanceof Map<?, ?> object) {
            return object.values().stream().anyMatch(LostDigits::mayLose);
        } else if (raw instanceof Collection<?> array) {
            return array.stream().anyMatch(LostDigits::mayLose);
        }
        boolean whole = raw instanceof Integer || raw instanceof Long || raw instanceof Short || raw instanceof Byte;
        return raw instanceof Number number && (!whole || number.longValue() > EXACT || number.longValue() < -EXACT);
    }

    /** Compares the numbers of both. A member that the type omits or renames does not lose digits. */
    private static boolean differs(Object raw, Object back) {
        if (raw instanceof Map<?, ?> object && back instanceof Map<?, ?> read) {
            return object.entrySet().stream().anyMatch(each -> differs(each.getValue(), read.get(each.getKey())));
        } else if (raw instanceof Collection<?> array && back instanceof Collection<?> read && array.size() == read.size()) {
            Iterator<?> other = read.iterator();
            return array.stream().anyMatch(each -> differs(each, other.next()));
        }
        return raw instanceof Number number && isFinite(number) && differs(number, back);
    }

    private static boolean differs(Number number, Object back) {
        if (back instanceof String text && INFINITE.contains(text) || back instanceof Number read && !isFinite(read)) {
            throw new IllegalArgumentException("the number is too large for the type");
        }
        return back instanceof Number read
                && new BigDecimal(number.toString()).compareTo(new BigDecimal(read.toString())) != 0;
    }

    private static boolean isFinite(Number number) {
        return !(number instanceof Double || number instanceof Float) || Double.isFinite(number.doubleValue());
    }
}
