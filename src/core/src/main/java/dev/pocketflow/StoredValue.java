package dev.pocketflow;

import java.util.Optional;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.node.NullNode;

import dev.pocketflow.internal.json.Json;
import dev.pocketflow.internal.json.LostDigits;

/** A value in the store, and what is known of its type. */
final class StoredValue {

    Object value;
    boolean secret;
    String by; // the node that put it; null where that is not known
    boolean removed; // while a change of it was under way
    JavaType type; // of the key it was last put or read by

    void set(Object value, Key<?> key, String by) {
        this.value = value;
        this.by = by;
        type = key.type();
        secret |= key.isSecret();
    }

    @SuppressWarnings("unchecked")
    <T> T read(Key<T> key) {
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
                    return (T) typed; // the store keeps the digits, and so do an answer and the next node
                }
                value = typed;
            } catch (IllegalArgumentException e) {
                throw new FlowException.BadValue(key, value, by, e);
            }
            type = key.type();
        }
        return (T) value;
    }

    /** {@return an empty Optional or the like, of types that have an object for JSON's null; else null} */
    private static Object ofNull(JavaType type) {
        try {
            return type.isJavaLangObject() ? null : Json.MAPPER.convertValue(null, type);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** {@return the value; empty where JSON has a null for it} */
    <T> Optional<T> find(Key<T> key) {
        T found = read(key);
        return found instanceof NullNode || found instanceof Optional<?> maybe && maybe.isEmpty() ? Optional.empty()
                : Optional.ofNullable(found);
    }

    private boolean holds(JavaType asked) {
        return type == asked || asked.equals(type) || asked.getRawClass().isInstance(value) && isOpen(asked);
    }

    /** An object tells its class, and not the types of what is in it. */
    private static boolean isOpen(JavaType asked) {
        for (int i = 0; i < asked.containedTypeCount(); i++) {
            if (!asked.containedType(i).isJavaLangObject()) {
                return false;
            }
        }
        return !asked.isContainerType() || asked.getContentType().isJavaLangObject();
    }
}
