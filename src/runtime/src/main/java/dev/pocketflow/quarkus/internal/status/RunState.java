package dev.pocketflow.quarkus.internal.status;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.pocketflow.internal.json.Json;

/**
 * The place in the ledger from which the hops of a run are followed.
 *
 * @param hop at which the run continues or has ended
 * @param answer of the hop before, which counts until this hop is claimed; null without one
 */
record RunState(int hop, ObjectNode answer) {

    /** The beginning of a run that has no recorded state. */
    static final RunState START = new RunState(0, null);

    private static final String HOP = "hop";
    private static final String ANSWER = "answer";

    /** {@return the answer of a hop, in the form that a status has} */
    static ObjectNode answer(byte[] recorded) {
        ObjectNode answer = read(recorded);
        answer.remove(List.of("envelope", "token", "cancel"));
        return answer;
    }

    /** @param answer of the hop before, of which the state keeps all but the store and the path; null for none */
    static RunState of(int hop, byte[] answer) {
        ObjectNode kept = answer == null ? null : answer(answer);
        if (kept != null) {
            kept.remove(List.of("store", "path"));
        }
        return new RunState(hop, kept);
    }

    static RunState parse(byte[] json) {
        JsonNode state = read(json);
        return new RunState(state.get(HOP).asInt(), (ObjectNode) state.get(ANSWER));
    }

    byte[] json() {
        ObjectNode state = Json.MAPPER.createObjectNode().put(HOP, hop);
        if (answer != null) {
            state.set(ANSWER, answer);
        }
        return bytes(state);
    }

    static byte[] bytes(ObjectNode json) {
        try {
            return Json.MAPPER.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode read(byte[] json) {
        try {
            return (ObjectNode) Json.MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger has a state or an outcome that is not JSON", e);
        }
    }
}
