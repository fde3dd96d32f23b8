package dev.pocketflow.quarkus.internal.ledger;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.pocketflow.internal.json.Json;

/** The outcome of a hop as a ledger holds it: the JSON that the first delivery was answered. */
final class RecordedOutcome {

    private RecordedOutcome() {
    }

    /**
     * {@return a recorded outcome without its largest parts; null if it must keep them, because it holds the run or a token}
     */
    static byte[] withoutStore(byte[] recorded) {
        try {
            if (Json.MAPPER.readTree(recorded) instanceof ObjectNode outcome && !outcome.has("envelope")
                    && !outcome.has("token")) {
                outcome.remove(List.of("store", "path"));
                return Json.MAPPER.writeValueAsBytes(outcome);
            }
            return null;
        } catch (IOException e) {
            return null;
        }
    }
}
