package dev.pocketflow;

import java.util.Optional;

import org.jspecify.annotations.NonNull;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.node.NullNode;

import dev.pocketflow.internal.json.Json;
import dev.pocketflow.internal.json.LostDigits;

/** A value in the store, with the known part of its type. */
final class StoredValue {

    @Nullable
    Object value;
    boolean secret;
    @Nullable
    String by; // the node that put it; null if unknown
    boolean removed; // during a change of it
    @Nullable
    JavaType type; // of the key that last put or read it

    void set(@Nullable Object value, Key<?> key, @Nullable String by) {
        this.value = value;
        this.by = by;
        type = key.type();
        secret |= key.isSecret();
    }

    @SuppressWarnings("unchecked")
    <T extends @Nullable Object> T read(Key<T> key) {
        secret |= key.isSecret();
        if (value == null) {
            value = ofNull(key.type());
            type = key.type();
        } else if (!holds(key.type())) {
            try {
                Object typed = Json.MAPPER.convertValue(value, key.type());
                if (typed == null) {
                    throw new IllegalArgumentException("an empty string would become null");
                }
                if (LostDigits.in(value, typed, key.type())) {
                    return (T) typed; // the store keeps the digits, for an answer and for the next node
                }
                value = typed;
            } catch (IllegalArgumentException e) {
                throw new FlowException.BadValue(key, value, by, e);
            }
            type = key.type();
        }
        return (T) value;
    }

    /** {@return the object that a type has for JSON's null, such as an empty Optional; null without one} */
    private static @Nullable Object ofNull(JavaType type) {
        try {
            return type.isJavaLangObject() ? null : Json.MAPPER.convertValue(null, type);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** {@return the value; empty if JSON writes it as null} */
    <T extends @Nullable Object> Optional<@NonNull T> find(Key<T> key) {
        T found = read(key);
        return found instanceof NullNode || found instanceof Optional<?> maybe && maybe.isEmpty() ? Optional.empty()
                : Optional.ofNullable(found);
    }

    private boolean holds(JavaType asked) {
        return type == asked || asked.equals(type) || asked.getRawClass().isInstance(value) && isOpen(asked);
    }

    /** {@return whether the type has open parts}. An object tells its class, and not the types of the values in it. */
    private static boolean isOpen(JavaType asked) {
        for (int i = 0; i < asked.containedTypeCount(); i++) {
            if (!asked.containedType(i).isJavaLangObject()) {
                return false;
            }
        }
        return !asked.isContainerType() || asked.getContentType().isJavaLangObject();
    }
}
