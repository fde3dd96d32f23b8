package dev.pocketflow.quarkus.internal;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;

import dev.pocketflow.internal.Json;
import dev.pocketflow.internal.JsonValues;

/** JSON that was checked before, as maps, lists and plain values, as {@link JsonValues} reads events too. */
final class Untyped {

    /** As deep as the largest {@code pocketflow.envelope.max-depth} and the position around a value can be together. */
    private static final JsonFactory FACTORY = Json.MAPPER.getFactory().rebuild().streamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(1_000 + Canonical.AROUND).build()).build();

    private Untyped() {
    }

    static Object read(byte[] json) {
        try {
            return JsonValues.read(FACTORY, json);
        } catch (IOException e) {
            throw new IllegalArgumentException("the envelope cannot be read as JSON");
        }
    }
}
