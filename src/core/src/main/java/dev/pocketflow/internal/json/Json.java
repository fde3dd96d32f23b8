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
 * The conversion of values to JSON and back. Dates are ISO-8601 with their offset and zone. A field that a class no longer has
 * is ignored. 3.7 is not accepted as an integer.
 * <p>
 * A double is written with the fewest digits that identify it, which Java before 19 does not always do (JDK-4511638).
 * {@link JsonNumbers} reads the double back from these digits.
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
     * {@return the object's class's arguments for the parameters of a supertype; {@code Object} for each one it leaves open}
     */
    public static List<JavaType> parameters(Object object, Class<?> type) {
        JavaType[] found = MAPPER.getTypeFactory().findTypeParameters(MAPPER.constructType(object.getClass()), type);
        return found.length > 0 ? List.of(found)
                : Collections.nCopies(type.getTypeParameters().length, MAPPER.constructType(Object.class));
    }
}
