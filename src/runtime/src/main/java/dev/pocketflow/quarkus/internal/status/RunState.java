package dev.pocketflow.quarkus.internal.status;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.pocketflow.quarkus.internal.response.HopResponse;
import dev.pocketflow.quarkus.internal.response.OutcomeWriter;

/**
 * The place in the ledger from which the hops of a run are followed.
 *
 * @param hop at which the run continues or has ended
 * @param answer of the hop before, which counts until this hop is claimed; null without one
 */
record RunState(int hop, Map<String, Object> answer) {

    /** The beginning of a run that has no recorded state. */
    static final RunState START = new RunState(0, null);

    private static final String HOP = "hop";
    private static final String ANSWER = "answer";

    /** {@return the answer of a hop, in the form that a status has} */
    static Map<String, Object> answer(byte[] recorded) {
        Map<String, Object> answer = read(recorded);
        answer.keySet().removeAll(List.of("envelope", "token", "cancel"));
        return answer;
    }

    /** @param answer of the hop before, of which the state keeps all but the store and the path */
    static RunState of(int hop, byte[] answer) {
        Map<String, Object> kept = answer(answer);
        kept.keySet().removeAll(List.of("store", "path"));
        return new RunState(hop, kept);
    }

    @SuppressWarnings("unchecked")
    static RunState parse(byte[] json) {
        Map<String, Object> state = read(json);
        return new RunState(((Number) state.get(HOP)).intValue(), (Map<String, Object>) state.get(ANSWER));
    }

    byte[] json() {
        return HopResponse.json(answer == null ? Map.of(HOP, hop) : Map.of(HOP, hop, ANSWER, answer));
    }

    /** Reads numbers exactly: those of the store are told as the run gave them. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> read(byte[] json) {
        try {
            return new LinkedHashMap<>((Map<String, Object>) OutcomeWriter.read(json));
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger has a state or an outcome that is not JSON", e);
        }
    }
}
