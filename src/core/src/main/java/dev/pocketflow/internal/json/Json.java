package dev.pocketflow.internal.json;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;

/**
 * How values become JSON and come back: ISO-8601 dates with the offset and zone they have, a field that a class no longer has
 * is
 * passed over, 3.7 is no integer. A double is written in the fewest digits, which Java before 19 does not always do by itself
 * (JDK-4511638): {@link JsonNumbers} reads it back by them.
 */
public final class Json {

    public static final ObjectMapper MAPPER = JsonMapper
            .builder(JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build())
            .findAndAddModules()
            .addModule(OrderedTypes.module())
            .addModule(new SimpleModule("numbers").addDeserializer(BigInteger.class, new WholeNumbers()))
            .enable(SerializationFeature.WRITE_DATES_WITH_ZONE_ID)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.ACCEPT_FLOAT_AS_INT,
                    DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .build();

    private Json() {
    }

    /**
     * {@return what the object's class puts for the parameters of a type above it; {@code Object} where it leaves them open}
     */
    public static List<JavaType> parameters(Object object, Class<?> type) {
        JavaType[] found = MAPPER.getTypeFactory().findTypeParameters(MAPPER.constructType(object.getClass()), type);
        return found.length > 0 ? List.of(found)
                : Collections.nCopies(type.getTypeParameters().length, MAPPER.constructType(Object.class));
    }
}
