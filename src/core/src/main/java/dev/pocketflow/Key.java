package dev.pocketflow;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.databind.JavaType;

import dev.pocketflow.internal.json.Json;
import dev.pocketflow.internal.json.KeyTypes;

/**
 * A name in the {@link Store} with the type of its value. Immutable; two keys are equal when name, type and secrecy are.
 *
 * <p>
 * A generic type is named with its parameters, by {@link #listOf}, {@link #mapOf} or a {@link TypeRef}: a class alone does not
 * tell Jackson how to read the values in it.
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
     * @throws IllegalArgumentException if the class is generic, as {@code List} is
     */
    public static <T> Key<T> of(String name, Class<T> type) {
        return new Key<>(named(name), KeyTypes.of(name, Objects.requireNonNull(type, "type")), false);
    }

    /**
     * A key of any type, with its parameters: {@code Key.of("page", new TypeRef<Page<Note>>() {})}.
     *
     * @param name the name in the store; not blank
     * @param type the value's type
     * @param <T> the value's type
     * @return the key
     * @throws IllegalArgumentException if the type leaves a parameter open, as {@code List<Page>} does where {@code Page} is
     *         generic; a wildcard is read as its bound
     */
    public static <T> Key<T> of(String name, TypeRef<T> type) {
        return new Key<>(named(name), KeyTypes.of(name, type.type()), false);
    }

    /**
     * A key of a plain type whose value nobody else is to see; short for {@code of(name, type).secret()}.
     *
     * @param name the name in the store; not blank
     * @param type the value's class; a primitive class stands for its wrapper
     * @param <T> the value's type
     * @return the key
     * @throws IllegalArgumentException as {@link #of(String, Class)} does
     */
    public static <T> Key<T> secret(String name, Class<T> type) {
        return of(name, type).secret();
    }

    /**
     * A key of a list, which a typed read returns live: what is added to it is in the store.
     *
     * @param name the name in the store; not blank
     * @param element the elements' class; a primitive class stands for its wrapper, {@code Object} for any JSON
     * @param <E> the elements' type
     * @return the key
     * @throws IllegalArgumentException if the class is generic
     */
    public static <E> Key<List<E>> listOf(String name, Class<E> element) {
        return new Key<>(named(name), KeyTypes.listOf(name, Objects.requireNonNull(element, "element")), false);
    }

    /**
     * A key of a map from texts, which a typed read returns live: what is put into it is in the store.
     *
     * @param name the name in the store; not blank
     * @param value the values' class; a primitive class stands for its wrapper, {@code Object} for any JSON
     * @param <V> the values' type
     * @return the key
     * @throws IllegalArgumentException if the class is generic
     */
    public static <V> Key<Map<String, V>> mapOf(String name, Class<V> value) {
        return new Key<>(named(name), KeyTypes.mapOf(name, Objects.requireNonNull(value, "value")), false);
    }

    /**
     * The same key for a value that nobody else is to see. The value is encrypted in an envelope, and {@code null} in answers,
     * logs and pages. It becomes secret when it is put or read by such a key, and stays secret while it is in the store.
     *
     * @return a key of the same name and type
     */
    public Key<T> secret() {
        return secret ? this : new Key<>(name, type, true);
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
        return other instanceof Key<?> key && name.equals(key.name) && type.equals(key.type) && secret == key.secret;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, type, secret);
    }

    @Override
    public String toString() {
        return name + ": " + type.toCanonical() + (secret ? ", secret" : "");
    }
}
