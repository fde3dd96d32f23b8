package dev.pocketflow.quarkus.internal.json;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;

import dev.pocketflow.internal.json.Json;
import dev.pocketflow.internal.json.JsonValues;

/** Checked JSON as maps, lists and plain values. {@link JsonValues} reads events in the same way. */
public final class UntypedJson {

    /** Allows the depth of the largest {@code quarkus.pocketflow.envelope.max-depth} plus the position around a value. */
    private static final JsonFactory FACTORY = Json.MAPPER.getFactory().rebuild().streamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(1_000 + CanonicalJson.AROUND).build()).build();

    private UntypedJson() {
    }

    public static Object read(byte[] json) {
        try {
            return JsonValues.read(FACTORY, json);
        } catch (IOException e) {
            throw new IllegalArgumentException("the envelope cannot be read as JSON");
        }
    }
}
