package dev.pocketflow.quarkus.internal.envelope;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;

import dev.pocketflow.Envelope;
import dev.pocketflow.FlowException;
import dev.pocketflow.RunEvent;
import dev.pocketflow.Store;
import dev.pocketflow.engine.context.ModelAccess;
import dev.pocketflow.engine.context.RecentSteps;
import dev.pocketflow.engine.position.Position;
import dev.pocketflow.internal.Thrown;
import dev.pocketflow.internal.json.Json;
import dev.pocketflow.quarkus.internal.json.PooledJsonBuffer;
import dev.pocketflow.quarkus.internal.json.ValueGenerator;

/** Writes an envelope as the members of a JSON object. */
public final class EnvelopeWriter {

    private static final ObjectWriter WRITER = Json.MAPPER.writer().without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);

    private EnvelopeWriter() {
    }

    /** Writes all members but position, store and path. */
    public static void head(JsonGenerator json, Envelope envelope) throws IOException {
        json.writeStringField("run", envelope.run());
        json.writeStringField("flow", envelope.flow());
        json.writeNumberField("hop", envelope.hop());
        json.writeNumberField("steps", envelope.steps());
        if (!envelope.usage().isEmpty()) {
            json.writeObjectFieldStart("usage");
            for (Map.Entry<String, Double> used : envelope.usage().entrySet()) {
                json.writeNumberField(used.getKey(), used.getValue());
            }
            json.writeEndObject();
        }
    }

    /** @throws FlowException if an item, a result or params cannot be written. The message names flow and node, and no value */
    public static void position(JsonGenerator json, Position position) throws IOException {
        frames(json, position.frames());
    }

    private static void frames(JsonGenerator json, List<Position.Frame> frames) throws IOException {
        json.writeStartArray();
        for (Position.Frame frame : frames) {
            frame(json, frame);
        }
        json.writeEndArray();
    }

    private static void frame(JsonGenerator json, Position.Frame frame) throws IOException {
        json.writeStartObject();
        json.writeStringField("flow", frame.flow());
        text(json, "node", frame.node());
        text(json, "action", frame.action());
        text(json, "graph", frame.graph());
        if (frame.remote()) {
            json.writeBooleanField("remote", true);
        }
        count(json, "step", frame.step());
        count(json, "steps", frame.steps());
        if (frame.loop() != null) {
            json.writeFieldName("iterations");
            value(json, frame.loop().iterations(), frame, "the params");
            json.writeNumberField("iteration", frame.loop().index());
        }
        if (frame.pause() != null) {
            pause(json, frame.pause());
        }
        if (frame.batch() != null) {
            batch(json, frame);
        }
        if (!frame.parts().isEmpty()) {
            json.writeObjectFieldStart("parts");
            for (Map.Entry<String, List<Position.Frame>> part : frame.parts().entrySet()) {
                json.writeFieldName(part.getKey());
                frames(json, part.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void pause(JsonGenerator json, Position.Pause pause) throws IOException {
        json.writeObjectFieldStart("pause");
        json.writeNumberField("step", pause.step());
        json.writeStringField("since", pause.since().toString());
        if (pause.until() != null) {
            json.writeStringField("until", pause.until().toString());
        }
        count(json, "retries", pause.retries());
        json.writeEndObject();
    }

    private static void batch(JsonGenerator json, Position.Frame frame) throws IOException {
        Position.Batch batch = frame.batch();
        json.writeObjectFieldStart("batch");
        json.writeNumberField("step", batch.sequence());
        json.writeFieldName("items");
        value(json, batch.items(), frame, "the items");
        json.writeFieldName("results");
        value(json, batch.results(), frame, "the results");
        json.writeNumberField("attempts", batch.attempts());
        millis(json, batch.nanos());
        json.writeEndObject();
    }

    /** @param json a generator of bytes */
    public static void path(JsonGenerator json, Envelope envelope) throws IOException {
        if (envelope.path() instanceof RecentSteps steps) {
            PathJsonCache.write(json, envelope.flow(), steps);
            return;
        }
        json.writeStartArray();
        for (RunEvent.StepFinished step : envelope.path()) {
            step(json, envelope.flow(), step);
        }
        json.writeEndArray();
    }

    /** Writes the canonical form (RFC 8785), which is the fastest to seal. */
    static void step(JsonGenerator json, String flow, RunEvent.StepFinished step) throws IOException {
        json.writeStartObject();
        text(json, "action", step.action().orElse(null));
        if (step.attempts() != 1) {
            json.writeNumberField("attempts", step.attempts());
        }
        text(json, "error", step.error().orElse(null));
        if (!step.flow().equals(flow)) {
            json.writeStringField("flow", step.flow());
        }
        millis(json, step.duration().toNanos());
        json.writeStringField("node", step.node());
        json.writeNumberField("step", step.sequence());
        json.writeEndObject();
    }

    /** Durations of more than eleven days: a service that reads numbers as doubles keeps 15 digits. */
    private static long rounded(long nanos) {
        return nanos < 1_000_000_000_000_000L ? nanos
                : nanos - nanos % (nanos < 1_000_000_000_000_000_000L ? 1_000 : 1_000_000);
    }

    private static void millis(JsonGenerator json, long nanos) throws IOException {
        json.writeFieldName("ms");
        json.writeNumber(BigDecimal.valueOf(rounded(nanos), 6).stripTrailingZeros().toPlainString());
    }

    /**
     * Writes the values of the store that are not secret.
     *
     * @throws FlowException.BadValue if a value cannot be written. The message names it, and does not show it
     */
    public static void store(JsonGenerator json, Envelope envelope) throws IOException {
        EncodedTextCache written = EncodedTextCache.of(envelope);
        Map<String, Object> values = envelope.store().toJson();
        synchronized (written) {
            written.keep(values, values(json, values, written, envelope.store()));
        }
    }

    /**
     * Writes the secret values of the store.
     *
     * @throws FlowException.BadValue as {@link #store} does
     */
    public static void secrets(JsonGenerator json, Store store) throws IOException {
        values(json, ModelAccess.get().secrets(store), null, store);
    }

    /** {@return how many texts were kept} @param written keeps them; null to keep none */
    private static int values(JsonGenerator json, Map<String, Object> values, EncodedTextCache written, Store store)
            throws IOException {
        int texts = 0;
        json.writeStartObject();
        for (Map.Entry<String, Object> each : values.entrySet()) {
            json.writeFieldName(each.getKey());
            try {
                if (written != null && each.getValue() instanceof String text) {
                    texts++;
                    written.text(json, each.getKey(), text);
                } else {
                    value(json, each.getValue());
                }
            } catch (JsonMappingException e) {
                throw new FlowException.BadValue(each.getKey(), type(e), ModelAccess.get().putBy(store, each.getKey()), e);
            }
        }
        json.writeEndObject();
        return texts;
    }

    private static void value(JsonGenerator json, Object value, Position.Frame frame, String what) throws IOException {
        try {
            value(json, value);
        } catch (JsonMappingException e) {
            throw new FlowException("flow '" + frame.flow() + "'"
                    + (frame.node() == null ? "" : ", node '" + frame.node() + "'")
                    + ": " + type(e) + what + " cannot be written as JSON. Use only JSON-shaped ones, or of types that Jackson "
                    + "can write", e);
        }
    }

    private static String type(JsonMappingException e) {
        return e instanceof InvalidDefinitionException type ? type.getType().toCanonical() + " in " : "";
    }

    /** Writes the most frequent types without looking for a serializer. */
    public static void value(JsonGenerator json, Object value) throws IOException {
        if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Integer number) {
            json.writeNumber(number);
        } else {
            try {
                WRITER.writeValue(json, value);
            } catch (JsonMappingException | FlowException e) {
                throw e;
            } catch (IOException | RuntimeException | Error e) { // of the value's own code, since the bytes are in memory
                if (Thrown.isFatal(e)) {
                    throw e;
                }
                throw new JsonMappingException(json, e.getClass().getName(), e);
            }
        }
    }

    private static void count(JsonGenerator json, String name, int count) throws IOException {
        if (count > 0) {
            json.writeNumberField(name, count);
        }
    }

    private static void text(JsonGenerator json, String name, String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    /** The members of an object. */
    @FunctionalInterface
    public interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    /** {@return an object in UTF-8} */
    public static byte[] object(Content members) {
        PooledJsonBuffer bytes = new PooledJsonBuffer();
        try (JsonGenerator json = Json.MAPPER.createGenerator(bytes)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.taken();
    }

    /** {@return the whole envelope, unsealed, with secrets in clear} */
    public static byte[] bytes(Envelope envelope) {
        return object(json -> {
            head(json, envelope);
            json.writeFieldName("path");
            path(json, envelope);
            ValueGenerator values = ValueGenerator.ofEnvelope(json);
            values.writeFieldName("position");
            position(values, envelope.position());
            values.writeFieldName("store");
            store(values, envelope);
            values.writeFieldName("secrets");
            secrets(values, envelope.store());
            values.writeDecimals();
        });
    }
}
