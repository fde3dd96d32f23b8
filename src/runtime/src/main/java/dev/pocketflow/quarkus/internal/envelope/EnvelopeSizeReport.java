package dev.pocketflow.quarkus.internal.envelope;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;

import dev.pocketflow.Envelope;
import dev.pocketflow.internal.LogText;
import dev.pocketflow.internal.json.Json;

/** Tells which entries of a run take the space when its envelope is too large. */
public final class EnvelopeSizeReport {

    private static final int NAMED = 5;

    private EnvelopeSizeReport() {
    }

    public static String message(Envelope envelope, long limit) {
        return space(envelope, limit) + " Configure a claim check (quarkus.pocketflow.claim-check.bucket or"
                + " quarkus.pocketflow.claim-check.directory), or keep less in the store.";
    }

    /** {@return the message for an envelope that is too large to be read again, with a claim check or without} */
    static String toRead(Envelope envelope, long limit) {
        return space(envelope, limit)
                + " Raise quarkus.pocketflow.envelope.max-bytes, where it is read as well, or keep less in the store.";
    }

    private static String space(Envelope envelope, long limit) {
        Map<String, Integer> sizes = new TreeMap<>();
        envelope.store().toJson().forEach((name, value) -> sizes.put("'" + LogText.of(name) + "'", size(value)));
        envelope.position().frames().stream().filter(frame -> frame.batch() != null).forEach(frame -> sizes.put(
                "the batch of node '" + LogText.of(frame.node()) + "'",
                size(frame.batch().items()) + size(frame.batch().results())));
        String largest = sizes.entrySet().stream().sorted(Map.Entry.<String, Integer> comparingByValue().reversed())
                .limit(NAMED)
                .map(entry -> entry.getKey() + " (" + entry.getValue() + " bytes)").collect(Collectors.joining(", "));
        return "flow '" + LogText.of(envelope.flow()) + "': run " + envelope.run() + " is larger than the " + limit
                + " bytes that it may have on its way out. The space is taken by " + largest + ".";
    }

    private static int size(Object value) {
        try {
            return Json.MAPPER.writeValueAsBytes(value).length;
        } catch (JsonProcessingException e) {
            return 0;
        }
    }
}
