package dev.pocketflow;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.NonNull;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JavaType;

import dev.pocketflow.internal.Texts;
import dev.pocketflow.internal.json.DefaultValue;
import dev.pocketflow.internal.json.Json;
import dev.pocketflow.internal.json.KeyTypes;
import dev.pocketflow.internal.json.RoundTripCheck;
import dev.pocketflow.internal.json.ValueDomain;

/**
 * A name in the {@link Store} with the type of its value. Immutable. Two keys are equal if their name, type and secrecy
 * are; a default, a description and being optional do not count.
 *
 * <p>
 * A generic type is named with its parameters, by {@link #listOf}, {@link #mapOf} or a {@link TypeRef}: a class alone does not
 * tell Jackson how to read the values in it.
 *
 * @param <T> the value's type: what JSON can carry, or any type Jackson can write and read back; a nullable type if
 *        {@code null} is put by this key
 */
public final class Key<T extends @Nullable Object> {

    private static final JavaType ANY = Json.MAPPER.constructType(Object.class);

    private final String name;
    private final JavaType type;
    private final boolean secret;
    private final @Nullable DefaultValue fallback; // null for none
    private final @Nullable String description; // null for none
    private final boolean optional;

    private Key(String name, JavaType type) {
        this(name, type, false, false, null, null);
    }

    private Key(String name, JavaType type, boolean secret, boolean optional, @Nullable DefaultValue fallback,
            @Nullable String description) {
        this.name = name;
        this.type = type;
        this.secret = secret;
        this.optional = optional;
        this.fallback = fallback;
        this.description = description;
    }

    private static String named(@Nullable String name) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException(
                    "a key's name must not be blank, was " + (name == null ? null : "'" + name + "'"));
        }
        return name;
    }

    /** Makes a key of any name: JSON's names may be blank. */
    static Key<@Nullable Object> raw(String name) {
        return new Key<>(Objects.requireNonNull(name, "name"), ANY);
    }

    /**
     * Makes a key of a plain type.
     *
     * @param name the name in the store; not blank
     * @param type the value's class; a primitive class means its wrapper
     * @param <T> the value's type
     * @return the key
     * @throws IllegalArgumentException if the class is generic, as {@code List} is
     */
    public static <T extends @Nullable Object> Key<T> of(String name, Class<@NonNull T> type) {
        return new Key<>(named(name), KeyTypes.of(name, Objects.requireNonNull(type, "type")));
    }

    /**
     * Makes a key of any type, with its parameters: {@code Key.of("page", new TypeRef<Page<Note>>() {})}.
     *
     * @param name the name in the store; not blank
     * @param type the value's type
     * @param <T> the value's type
     * @return the key
     * @throws IllegalArgumentException if the type leaves a parameter open, as {@code List<Page>} does if {@code Page} is
     *         generic; a wildcard is read as its bound
     */
    public static <T extends @Nullable Object> Key<T> of(String name, TypeRef<T> type) {
        return new Key<>(named(name), KeyTypes.of(name, type.type()));
    }

    /**
     * Makes a key of a plain type for a secret value; short for {@code of(name, type).secret()}.
     *
     * @param name the name in the store; not blank
     * @param type the value's class; a primitive class means its wrapper
     * @param <T> the value's type
     * @return the key
     * @throws IllegalArgumentException as {@link #of(String, Class)} does
     */
    public static <T extends @Nullable Object> Key<T> secret(String name, Class<@NonNull T> type) {
        return of(name, type).secret();
    }

    /**
     * Makes a key of a list. A typed read returns the live list: an element that is added to it is in the store.
     *
     * @param name the name in the store; not blank
     * @param element the elements' class; a primitive class means its wrapper, {@code Object} means any JSON
     * @param <E> the elements' type
     * @return the key
     * @throws IllegalArgumentException if the class is generic
     */
    public static <E extends @Nullable Object> Key<List<E>> listOf(String name, Class<@NonNull E> element) {
        return new Key<>(named(name), KeyTypes.listOf(name, Objects.requireNonNull(element, "element")));
    }

    /**
     * Makes a key of a map from texts. A typed read returns the live map: an entry that is put into it is in the store.
     *
     * @param name the name in the store; not blank
     * @param value the values' class; a primitive class means its wrapper, {@code Object} means any JSON
     * @param <V> the values' type
     * @return the key
     * @throws IllegalArgumentException if the class is generic
     */
    public static <V extends @Nullable Object> Key<Map<String, V>> mapOf(String name, Class<@NonNull V> value) {
        return new Key<>(named(name), KeyTypes.mapOf(name, Objects.requireNonNull(value, "value")));
    }

    /**
     * Makes the same key for a secret value. The value is encrypted in an envelope, and {@code null} in answers, logs and
     * pages. It becomes secret when it is put or read by such a key, and stays secret while it is in the store.
     *
     * @return a key of the same name and type
     */
    public Key<T> secret() {
        return secret ? this : new Key<>(name, type, true, optional, fallback, description);
    }

    /**
     * The same key with a value for a store that has none. A read of the absent key puts the default into the store: the run
     * keeps it, also if the flow is redeployed with another default. {@link Store#update} and {@link Store#append} start with
     * the default. A key that holds {@code null} is not absent.
     *
     * @param value the default; each store gets a copy of it
     * @return a key of the same name, type and secrecy
     * @throws IllegalArgumentException if the value is {@code null}, is not of the key's type, or cannot be carried as JSON
     */
    public Key<T> defaultTo(@NonNull T value) {
        return new Key<>(name, type, secret, optional, fallback(value), description);
    }

    private DefaultValue fallback(@Nullable Object value) {
        if (value == null) {
            throw refused("the default must not be null. Leave it out: find(...) is empty if there is no value");
        }
        if (!type.getRawClass().isInstance(value)) {
            throw refused("the default is a " + value.getClass().getName() + ". Give a " + type.toCanonical());
        }
        String problem = ValueDomain.problem(value);
        if (problem != null) {
            throw refused("the default " + problem);
        }
        try {
            return DefaultValue.of(value, type);
        } catch (RoundTripCheck.Changed e) {
            throw new IllegalArgumentException("key '" + name + "': " + e.problem("the default"), e.getCause());
        }
    }

    /**
     * The same key with a text for people, such as those who call the flow.
     *
     * @param text what the value is; not blank
     * @return a key of the same name, type and secrecy
     * @throws IllegalArgumentException if the text is blank
     */
    public Key<T> describedAs(String text) {
        if (text == null || text.isBlank()) {
            throw refused("the description must not be blank, was " + (text == null ? null : "'" + text + "'"));
        } else if (Texts.isCut(text)) {
            throw refused("the description " + ValueDomain.CUT);
        }
        return new Key<>(name, type, secret, optional, fallback, text);
    }

    /**
     * The same key with a value that the input of a flow may lack: see {@link Flow.Builder#takes}. Read it by
     * {@link Store#find(Key)}.
     *
     * @return a key of the same name, type and secrecy
     */
    public Key<T> optional() {
        return optional ? this : new Key<>(name, type, secret, true, fallback, description);
    }

    private IllegalArgumentException refused(String problem) {
        return new IllegalArgumentException("key '" + name + "': " + problem);
    }

    /** {@return the name in the store} */
    public String name() {
        return name;
    }

    /** {@return a copy of the default; empty if the key has none} */
    public Optional<@NonNull T> defaultValue() {
        return Optional.ofNullable(fallback());
    }

    /** {@return what the value is, for people; empty if the key does not say} */
    public Optional<String> description() {
        return Optional.ofNullable(description);
    }

    /** {@return whether the input of a flow may lack the value: see {@link #optional()}} */
    public boolean isOptional() {
        return optional;
    }

    /** {@return a copy of the default; null for none} */
    @SuppressWarnings("unchecked") // it was a T
    @Nullable
    T fallback() {
        return fallback == null ? null : (T) fallback.copy();
    }

    JavaType type() {
        return type;
    }

    /** {@return whether the value is secret: see {@link #secret()}} */
    public boolean isSecret() {
        return secret;
    }

    @Override
    public boolean equals(@Nullable Object other) {
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
