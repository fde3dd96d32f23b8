package dev.pocketflow;

import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JavaType;

import dev.pocketflow.internal.Json;

/** A value in the store, and what is known of its type. */
final class Cell {

    private static final int SHORT = 16;

    Object value;
    boolean secret;
    boolean removed; // while a change of it was under way
    private SerializedString kept;
    private JavaType type; // of the key it was last put or read by; null for a raw value

    void set(Object value, Key<?> key) {
        if (value != this.value) {
            kept = null;
        }
        this.value = value;
        type = key == null ? null : key.type();
        secret |= key != null && key.isSecret();
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
        return type == asked || asked.equals(type)
                || asked.getRawClass().isInstance(value)
                        && (!asked.isContainerType() || asked.getContentType().isJavaLangObject());
    }

    // when Jackson makes JSON ahead, it refuses half of a pair, and writes a whole one otherwise than when it writes at once
    private static boolean isPlain(String text) {
        return text.length() >= SHORT && text.chars().noneMatch(each -> Character.isSurrogate((char) each));
    }

    /**
     * {@return a text with its JSON, which is made once and used by every snapshot; null at the first, which may be the only
     * one,
     * and for what is no text, a short one, or one with characters beyond the basic plane}
     */
    SerializedString kept() {
        if (kept != null && kept.getValue() == value) {
            return kept;
        }
        kept = value instanceof String text && isPlain(text) ? new SerializedString(text) : null;
        return null;
    }

    /** {@return what a Jackson writer makes the value's JSON of} */
    Object json() {
        return Typed.of(value, type);
    }
}
