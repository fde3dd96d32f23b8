package dev.pocketflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

import dev.pocketflow.internal.json.Json;

/**
 * An envelope as another process would have it: here, through JSON as Jackson makes it of records. In src/runtime these tests
 * are run again, by the JSON that travels, with every step of every run taken through it.
 */
public final class Trip implements LauncherSessionListener {

    /** The system property that names the class of another trip, which every step takes as well. */
    static final String BY = "pocketflow.trip";

    private static final ObjectMapper MAPPER = Json.MAPPER.copy().enable(SerializationFeature.WRITE_DATES_WITH_ZONE_ID);
    private static final UnaryOperator<Envelope> TRIP = System.getProperty(BY) == null ? Trip::byJackson : named();

    static {
        MAPPER.addMixIn(RunEvent.StepFinished.class, StepFields.class);
        MAPPER.configOverride(BigDecimal.class).setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.STRING));
    }

    /** The members of a step, which is no record. */
    @JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
    private abstract static class StepFields {
        @JsonCreator
        StepFields(@JsonProperty("run") String run, @JsonProperty("flow") String flow, @JsonProperty("node") String node,
                @JsonProperty("sequence") int sequence, @JsonProperty("action") String action,
                @JsonProperty("nanos") long nanos, @JsonProperty("attempts") int attempts,
                @JsonProperty("error") String error) {
        }
    }

    static Envelope of(Envelope envelope) {
        return TRIP.apply(envelope);
    }

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Run.everyTrip = System.getProperty(BY) == null ? null : TRIP;
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
            return (UnaryOperator<Envelope>) Class.forName(System.getProperty(BY)).getConstructor().newInstance();
        } catch (ClassNotFoundException | NoSuchMethodException | InstantiationException | IllegalAccessException
                | InvocationTargetException e) {
            throw new IllegalStateException("-D" + BY + " names no trip", e);
        }
    }
}
