package dev.pocketflow.quarkus.internal;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;

import dev.pocketflow.internal.Json;

/** JSON that was checked before, as maps, lists and plain values. 5.0 is 5: a service on the way may have written either. */
final class Untyped {

    private static final ObjectReader READER = Json.MAPPER.readerFor(Object.class)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Untyped() {
    }

    static Object read(byte[] json) {
        try {
            return whole(READER.readValue(json));
        } catch (IOException e) {
            throw new IllegalArgumentException("the envelope cannot be read as JSON");
        }
    }

    @SuppressWarnings("unchecked")
    private static Object whole(Object value) {
        if (value instanceof Map<?, ?> object) {
            ((Map<String, Object>) object).replaceAll((name, each) -> whole(each));
        } else if (value instanceof List<?> list) {
            ((List<Object>) list).replaceAll(Untyped::whole);
        } else if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1L << 53) {
            long whole = number.longValue();
            return whole == (int) whole ? (Object) (int) whole : (Object) whole;
        }
        return value;
    }
}
