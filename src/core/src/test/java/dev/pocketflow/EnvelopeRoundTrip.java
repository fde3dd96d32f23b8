package dev.pocketflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

import dev.pocketflow.internal.json.Json;

/**
 * An envelope as another process reads it: here from the JSON that Jackson writes of records, and in src/runtime from the JSON
 * that travels.
 */
final class EnvelopeRoundTrip {

    /** The system property with the class of another round trip. A {@link TestRuns} makes it after every step. */
    static final String PROPERTY = "pocketflow.test.round-trip";
    private static final String CLASS_NAME = System.getProperty(PROPERTY);
    static final boolean AFTER_EVERY_STEP = CLASS_NAME != null;

    private static final ObjectMapper MAPPER = Json.MAPPER.copy().enable(SerializationFeature.WRITE_DATES_WITH_ZONE_ID);
    private static final UnaryOperator<Envelope> ROUND_TRIP = CLASS_NAME == null ? EnvelopeRoundTrip::byJackson : named();

    static {
        MAPPER.addMixIn(RunEvent.StepFinished.class, StepFields.class);
        MAPPER.configOverride(BigDecimal.class).setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.STRING));
    }

    /** The members of a step, which is not a record. */
    @JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
    private abstract static class StepFields {
        @JsonCreator
        StepFields(@JsonProperty("run") String run, @JsonProperty("flow") String flow, @JsonProperty("node") String node,
                @JsonProperty("sequence") int sequence, @JsonProperty("action") String action,
                @JsonProperty("nanos") long nanos, @JsonProperty("attempts") int attempts,
                @JsonProperty("error") String error) {
        }
    }

    private EnvelopeRoundTrip() {
    }

    static Envelope of(Envelope envelope) {
        return ROUND_TRIP.apply(envelope);
    }

    private static Envelope byJackson(Envelope envelope) {
        try {
            Envelope read = MAPPER.readValue(MAPPER.writeValueAsBytes(envelope), Envelope.class);
            read.store().putSecrets(
                    MAPPER.readValue(MAPPER.writeValueAsBytes(envelope.store().secrets()), new TypeReference<Map<String, ?>>() {
                    }));
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static UnaryOperator<Envelope> named() {
        try {
            return (UnaryOperator<Envelope>) Class.forName(CLASS_NAME).getConstructor().newInstance();
        } catch (ClassNotFoundException | NoSuchMethodException | InstantiationException | IllegalAccessException
                | InvocationTargetException e) {
            throw new IllegalStateException("-D" + PROPERTY + "=" + CLASS_NAME + " names no round trip", e);
        }
    }
}
