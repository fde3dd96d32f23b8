package dev.pocketflow.quarkus.internal.response;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;

import dev.pocketflow.FlowException;
import dev.pocketflow.RunEvent;
import dev.pocketflow.Store;
import dev.pocketflow.engine.context.ModelAccess;
import dev.pocketflow.internal.json.Json;
import dev.pocketflow.internal.json.JsonValues;
import dev.pocketflow.quarkus.internal.envelope.EnvelopeWriter;
import dev.pocketflow.quarkus.internal.json.ValueGenerator;

/**
 * Reads events and writes outcomes. Its callers use a virtual thread each. So it keeps no buffers per thread, as Jackson does
 * by default: each thread would make new ones.
 */
public final class OutcomeWriter {

    private static final JsonFactory FACTORY = ((JsonFactoryBuilder) Json.MAPPER.getFactory().rebuild())
            .recyclerPool(JsonRecyclerPools.newConcurrentDequePool()).build();

    private OutcomeWriter() {
    }

    /** {@return the JSON as maps, lists and plain values} */
    public static Object read(byte[] json) throws IOException {
        return JsonValues.read(FACTORY, json);
    }

    /** {@return an object in UTF-8} */
    public static byte[] object(EnvelopeWriter.Content members) {
        BufferRecycler recycler = FACTORY._getBufferRecycler();
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(recycler)) {
            try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
                json.writeStartObject();
                members.write(json);
                json.writeEndObject();
            }
            return bytes.getClearAndRelease();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            recycler.releaseToPool();
        }
    }

    static void members(JsonGenerator json, Map<String, ?> values) throws IOException {
        for (Map.Entry<String, ?> each : values.entrySet()) {
            json.writeFieldName(each.getKey());
            EnvelopeWriter.value(json, each.getValue());
        }
    }

    public static void store(JsonGenerator json, Map<String, Object> values) throws IOException {
        store(json, values, Store.create());
    }

    /**
     * Writes values of a store.
     *
     * @throws FlowException.BadValue if a value cannot be written; it is named, and not shown
     */
    static void store(JsonGenerator json, Map<String, Object> values, Store store) throws IOException {
        ValueGenerator answer = ValueGenerator.ofAnswer(json);
        json.writeObjectFieldStart("store");
        for (Map.Entry<String, Object> each : values.entrySet()) {
            json.writeFieldName(each.getKey());
            try {
                EnvelopeWriter.value(answer, each.getValue());
            } catch (JsonProcessingException e) {
                String type = e instanceof InvalidDefinitionException definition
                        ? definition.getType().toCanonical() + " in "
                        : "";
                throw new FlowException.BadValue(each.getKey(), type, ModelAccess.get().putBy(store, each.getKey()), e);
            }
        }
        json.writeEndObject();
    }

    static void path(JsonGenerator json, List<RunEvent.StepFinished> path) throws IOException {
        path(json, path, Double.MAX_VALUE);
    }

    /** Writes the units used, and the services that stand-ins answered for. */
    static void usage(JsonGenerator json, Map<String, Double> usage) throws IOException {
        if (usage.isEmpty()) {
            return;
        }
        Map<String, Double> used = new LinkedHashMap<>(usage);
        used.keySet().removeIf(StandIns::isMark);
        if (!used.isEmpty()) {
            members(json, Map.of("usage", used));
        }
        List<String> standIns = StandIns.used(usage);
        if (!standIns.isEmpty()) {
            members(json, Map.of("standIns", standIns));
        }
    }

    /** @param standIns the number of the first step that a stand-in may have answered */
    static void path(JsonGenerator json, List<RunEvent.StepFinished> path, double standIns) throws IOException {
        json.writeArrayFieldStart("path");
        for (RunEvent.StepFinished step : path) {
            json.writeStartObject();
            json.writeStringField("flow", step.flow());
            json.writeStringField("node", step.node());
            json.writeStringField(step.error().isEmpty() ? "action" : "error", step.error().or(step::action).orElse(null));
            json.writeNumberField("ms", millis(step));
            json.writeNumberField("attempts", step.attempts());
            if (step.sequence() >= standIns) {
                json.writeBooleanField("standIn", true);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** {@return the milliseconds, with microsecond precision} */
    static double millis(RunEvent.StepFinished step) {
        return step.duration().toNanos() / 1000 / 1e3;
    }
}
