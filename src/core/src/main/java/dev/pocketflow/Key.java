package dev.pocketflow;

import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.databind.JavaType;

import dev.pocketflow.internal.Json;

/**
 * A name in the {@link Store} with the type of its value. Immutable; two keys are equal when name and type are.
 *
 * @param <T> the value's type: what JSON can carry, or any type Jackson can write and read back
 */
public final class Key<T> {

    private static final JavaType ANY = Json.MAPPER.constructType(Object.class);

    private final String name;
    private final JavaType type;
    private final boolean secret;

    private Key(String name, JavaType type, boolean secret) {
        this.name = name;
        this.type = type;
        this.secret = secret;
    }

    private static String named(String name) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException(
                    "a key's name must not be blank, was " + (name == null ? null : "'" + name + "'"));
        }
        return name;
    }

    /** A key of whatever is there: JSON's names may be blank. */
    static Key<Object> raw(String name) {
        return new Key<>(Objects.requireNonNull(name, "name"), ANY, false);
    }

    /**
     * A key of a plain type.
     *
     * @param name the name in the store; not blank
     * @param type the value's class; a primitive class stands for its wrapper
     * @param <T> the value's type
     * @return the key
     */
    @SuppressWarnings("unchecked")
    public static <T> Key<T> of(String name, Class<T> type) {
        Class<T> boxed = (Class<T>) MethodType.methodType(type).wrap().returnType();
        return new Key<>(named(name), Json.MAPPER.constructType(boxed), false);
    }

    /**
     * A key of a plain type whose value nobody else is to see: it is encrypted in an envelope, and {@code null} in answers,
     * logs and
     * pages. A value becomes secret when it is put or read by such a key, and stays so while it is in the store.
     *
     * @param name the name in the store; not blank
     * @param type the value's class; a primitive class stands for its wrapper
     * @param <T> the value's type
     * @return the key
     */
    public static <T> Key<T> secret(String name, Class<T> type) {
        return new Key<>(name, of(name, type).type, true);
    }

    /**
     * A key of a list, which a typed read returns live: what is added to it is in the store.
     *
     * @param name the name in the store; not blank
     * @param element the elements' class
     * @param <E> the elements' type
     * @return the key
     */
    public static <E> Key<List<E>> listOf(String name, Class<E> element) {
        return new Key<>(named(name),
                Json.MAPPER.getTypeFactory().constructCollectionType(List.class, Objects.requireNonNull(element)), false);
    }

    /** {@return the name in the store} */
    public String name() {
        return name;
    }

    JavaType type() {
        return type;
    }

    boolean isSecret() {
        return secret;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key<?> key && name.equals(key.name) && type.equals(key.type);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, type);
    }

    @Override
    public String toString() {
        return name + ": " + type.toCanonical();
    }
}
