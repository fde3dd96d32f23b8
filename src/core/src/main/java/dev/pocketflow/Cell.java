package dev.pocketflow;

import com.fasterxml.jackson.databind.JavaType;

import dev.pocketflow.internal.Json;

/** A value in the store, and what is known of its type. */
final class Cell {

    Object value;
    boolean secret;
    boolean removed; // while a change of it was under way
    JavaType type; // of the key it was last put or read by

    void set(Object value, Key<?> key) {
        this.value = value;
        type = key.type();
        secret |= key.isSecret();
    }

    @SuppressWarnings("unchecked")
    <T> T read(Key<T> key) {
        secret |= key.isSecret();
        if (value != null && !holds(key.type())) {
            try {
                Object typed = Json.MAPPER.convertValue(value, key.type());
                if (typed == null) {
                    throw new IllegalArgumentException("an empty string would become null");
                }
                value = typed;
            } catch (IllegalArgumentException e) {
                throw new FlowException.BadValue(key, value, e);
            }
            type = key.type();
        }
        return (T) value;
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
