package dev.pocketflow.internal.json;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;

/**
 * A value that is written with its type information ({@code @JsonTypeInfo}). Jackson would omit the information inside a map,
 * and would not know the type of the elements of a list.
 */
public final class TypedValue extends JsonSerializable.Base {

    private final Object value;
    private final JavaType type;

    private TypedValue(Object value, JavaType type) {
        this.value = value;
        this.type = type;
    }

    /** @param type the declared type; null if it is not known */
    public static Object of(Object value, JavaType type) {
        if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        boolean known = type != null && !type.isJavaLangObject();
        return known || !(value instanceof Map || value instanceof Collection) ? new TypedValue(value, known ? type : null)
                : value;
    }

    /** @param type the declared type of each value */
    public static List<Object> each(List<?> values, JavaType type) {
        return values.stream().map(value -> of(value, type)).toList();
    }

    /** {@return the wrapped value if the argument is a {@code TypedValue}, else the argument} */
    public static Object unwrapped(Object value) {
        return value instanceof TypedValue typed ? typed.value : value;
    }

    @Override
    public String toString() {
        return value.toString();
    }

    @Override
    public void serialize(JsonGenerator json, SerializerProvider provider) throws IOException {
        serializer(provider).serialize(value, json, provider);
    }

    /**
     * Uses the value's own class, which has more fields than a declared interface. The declaration decides about the values
     * inside it.
     */
    private JsonSerializer<Object> serializer(SerializerProvider provider) throws IOException {
        if (type == null || !type.hasGenericTypes()) {
            return provider.findTypedValueSerializer(value.getClass(), true, null);
        }
        boolean holder = type.isContainerType() || type.isReferenceType();
        return provider.findTypedValueSerializer(holder ? type : provider.constructSpecializedType(type, value.getClass()),
                true,
                null);
    }

    @Override
    public void serializeWithType(JsonGenerator json, SerializerProvider provider, TypeSerializer ignored) throws IOException {
        serialize(json, provider);
    }
}
