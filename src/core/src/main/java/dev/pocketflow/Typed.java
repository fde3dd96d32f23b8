package dev.pocketflow;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;

/** A value that is written as a type it was declared with: of the elements of a list, Jackson would else not know the type. */
final class Typed extends JsonSerializable.Base {

    private final Object value;
    private final JavaType type;

    private Typed(Object value, JavaType type) {
        this.value = value;
        this.type = type;
    }

    /** @param type null where it is not known */
    static Object of(Object value, JavaType type) {
        boolean plain = value == null || type == null || type.isFinal() || type.isJavaLangObject();
        return plain ? value : new Typed(value, type);
    }

    @Override
    public String toString() {
        return value.toString();
    }

    @Override
    public void serialize(JsonGenerator json, SerializerProvider provider) throws IOException {
        provider.findTypedValueSerializer(type, true, null).serialize(value, json, provider);
    }

    @Override
    public void serializeWithType(JsonGenerator json, SerializerProvider provider, TypeSerializer ignored) throws IOException {
        serialize(json, provider);
    }
}
