package dev.pocketflow.internal.json;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Compares a value with the result of reading it back. Equal values are the same. Values whose class has no useful equality,
 * such as arrays and records of arrays, are the same if all their fields are.
 */
public final class SameValue {

    private final Map<Object, Object> compared = new IdentityHashMap<>();

    private SameValue() {
    }

    /** {@return whether a reader of the second value finds the content of the first} */
    public static boolean is(Object value, Object back) {
        return new SameValue().same(value, back);
    }

    private boolean same(Object one, Object other) {
        if (one == other || one != null && one.equals(other)) {
            return true;
        }
        if (one == null || other == null) {
            return one instanceof JsonNode node && node.isNull() || other instanceof JsonNode tree && tree.isNull();
        }
        if (compared.put(one, other) == other) {
            return true;
        }
        if (one instanceof Number number && other instanceof Number read && one.getClass() != other.getClass()) {
            return decimal(number).compareTo(decimal(read)) == 0; // numbers without a declared type
        }
        if (one instanceof Map<?, ?> map) {
            return other instanceof Map<?, ?> read && maps(map, read);
        }
        if (one instanceof Collection<?> all) {
            return other instanceof Collection<?> read && one instanceof Set == other instanceof Set
                    && one instanceof List == other instanceof List && all.size() == read.size() && each(all, read);
        }
        if (one instanceof Optional<?> maybe) {
            return other instanceof Optional<?> read && same(maybe.orElse(null), read.orElse(null));
        }
        if (one instanceof AtomicReference<?> reference) {
            return other instanceof AtomicReference<?> read && same(reference.get(), read.get());
        }
        if (one instanceof Object[] array) {
            return other instanceof Object[] read && array.length == read.length
                    && each(Arrays.asList(array), Arrays.asList(read));
        }
        return one instanceof JsonNode && other instanceof JsonNode // compared by their JSON
                || one.getClass() == other.getClass() && (one.getClass().isArray() ? Arrays.deepEquals(new Object[] { one },
                        new Object[] { other }) : objects(one, other));
    }

    private static BigDecimal decimal(Number number) {
        try {
            return new BigDecimal(number.toString());
        } catch (NumberFormatException e) {
            return BigDecimal.ZERO;
        }
    }

    private boolean maps(Map<?, ?> one, Map<?, ?> other) {
        return one.size() == other.size() && one.entrySet().stream()
                .allMatch(entry -> other.containsKey(entry.getKey()) && same(entry.getValue(), other.get(entry.getKey())));
    }

    private boolean each(Collection<?> one, Collection<?> other) {
        Iterator<?> others = other.iterator();
        for (Object each : one) {
            if (!same(each, others.next())) {
                return false;
            }
        }
        return true;
    }

    /**
     * Compares two objects of one class by their fields. Objects of a JDK class without an equality are the same only if their
     * JSON is a plain value, as for an AtomicInteger, whose JSON is all of its state. The JSON of a lock, a socket or a pool is
     * an object. It holds only what the getters return.
     */
    private boolean objects(Object one, Object other) {
        if (one.getClass().getName().startsWith("java.")) {
            return !definesEquality(one.getClass()) && Json.MAPPER.valueToTree(one).isValueNode();
        }
        for (Class<?> type = one.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())
                        && !field.isSynthetic() && !same(field, one, other)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean same(Field field, Object one, Object other) {
        try {
            return !field.trySetAccessible() || same(field.get(one), field.get(other));
        } catch (IllegalAccessException e) {
            return true;
        }
    }

    private static boolean definesEquality(Class<?> type) {
        try {
            return type.getMethod("equals", Object.class).getDeclaringClass() != Object.class;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }
}
