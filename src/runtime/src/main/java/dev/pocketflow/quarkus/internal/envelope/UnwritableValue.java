package dev.pocketflow.quarkus.internal.envelope;

import java.util.Collections;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;

import dev.pocketflow.Envelope;
import dev.pocketflow.FlowException;
import dev.pocketflow.Store;
import dev.pocketflow.engine.context.ModelAccess;
import dev.pocketflow.engine.position.Position;
import dev.pocketflow.internal.LogText;
import dev.pocketflow.internal.json.Json;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.HandOverFailed;
import dev.pocketflow.quarkus.internal.json.CanonicalJson;
import dev.pocketflow.quarkus.internal.json.CanonicalTokens;

/**
 * Finds the value that makes the JSON of an envelope unreadable: it has half of a surrogate pair, a number of too many digits,
 * or is nested too deep.
 * A value is checked when it enters a run. The values inside it are checked here, after they were written.
 */
public final class UnwritableValue {

    private final int maxDepth;

    private UnwritableValue(int maxDepth) {
        this.maxDepth = maxDepth;
    }

    /** @throws FlowException if a value is the cause. The message names the key, or the item, result or params */
    public static void blame(Envelope envelope, int maxDepth) {
        UnwritableValue unwritable = new UnwritableValue(maxDepth);
        FlowException found = unwritable.inStore(envelope.store());
        if (found == null) {
            found = unwritable.inSecrets(envelope.store());
        }
        found = found != null ? found : unwritable.inFrames(envelope.position().frames());
        if (found != null) {
            throw found;
        }
    }

    /** {@return the same JSON, if it could be sealed} @throws FlowException if a value in it cannot be read again */
    public static byte[] checked(byte[] json, Envelope run, int maxDepth) {
        try {
            CanonicalJson.of(json, maxDepth);
            return json;
        } catch (EnvelopeRefused refused) {
            blame(run, maxDepth);
            throw new HandOverFailed("run " + run.run() + " cannot be handed over: " + refused.getMessage(), null);
        }
    }

    /**
     * Checks an answer. It holds the store of an envelope, and must refuse the values that an envelope refuses. Secret values
     * are checked as well, though the answer does not show them.
     *
     * @throws FlowException.BadValue if a value of the store cannot be in an envelope
     */
    public static void check(byte[] answer, Store store, int maxDepth) {
        UnwritableValue unwritable = new UnwritableValue(maxDepth);
        FlowException found = null;
        if (!ModelAccess.get().secrets(store).isEmpty()) {
            EnvelopeWriter.object(json -> {
                json.writeFieldName("secrets");
                EnvelopeWriter.secrets(json, store);
            });
            found = unwritable.inSecrets(store);
        }
        if (found == null && mayBe(answer, maxDepth)) {
            try {
                CanonicalJson.of(answer, maxDepth);
            } catch (EnvelopeRefused refused) {
                found = unwritable.inStore(store);
            }
        }
        if (found != null) {
            throw found;
        }
    }

    /**
     * {@return whether a full check is needed, which takes twenty times as long} Surrogates are escaped, depth needs brackets,
     * and a number that is too long has a digit at one of the places that are sampled.
     */
    private static boolean mayBe(byte[] json, int maxDepth) {
        int brackets = 0;
        for (int i = 0; i < json.length; i++) {
            int letter = json[i] | 0x20;
            if (letter == '{') { // or [
                brackets++;
            } else if (json[i] == '\\' && i + 2 < json.length && json[i + 1] == 'u' && (json[i + 2] | 0x20) == 'd') {
                return true;
            }
        }
        for (int i = CanonicalTokens.MAX_NUMBER; i < json.length; i += CanonicalTokens.MAX_NUMBER) {
            if (isLongNumber(json, i)) {
                return true;
            }
        }
        return brackets > maxDepth;
    }

    private static boolean isLongNumber(byte[] json, int at) {
        int from = at;
        while (from >= 0 && at - from <= CanonicalTokens.MAX_NUMBER && isOfNumber(json[from])) {
            from--;
        }
        int to = at;
        while (to < json.length && to - from <= CanonicalTokens.MAX_NUMBER + 1 && isOfNumber(json[to])) {
            to++;
        }
        return to - from - 1 > CanonicalTokens.MAX_NUMBER;
    }

    private static boolean isOfNumber(byte letter) {
        return letter >= '0' && letter <= '9' || letter == '.';
    }

    private FlowException inStore(Store store) {
        return in(store, store.toJson());
    }

    private FlowException inSecrets(Store store) {
        return in(store, ModelAccess.get().secrets(store));
    }

    private FlowException in(Store store, Map<String, Object> values) {
        for (Map.Entry<String, Object> each : values.entrySet()) {
            String problem = problem("store", each.getKey(), each.getValue());
            if (problem != null) {
                return new FlowException.BadValue(each.getKey(), "the value of store key '" + LogText.of(each.getKey()) + "'"
                        + ModelAccess.get().putBy(store, each.getKey()).map(node -> ", put by " + node + ",").orElse("") + " "
                        + problem);
            }
        }
        return null;
    }

    private FlowException inFrames(List<Position.Frame> position) {
        for (Position.Frame frame : position) {
            FlowException found = inFrame(frame);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private FlowException inFrame(Position.Frame frame) {
        FlowException found = frame.loop() == null ? null : in(frame, "the params of iteration ", frame.loop().iterations());
        if (found == null && frame.batch() != null) {
            found = in(frame, "item ", frame.batch().items());
            for (Map.Entry<Integer, Object> each : frame.batch().results().entrySet()) {
                found = found != null ? found : in(frame, "the result of item " + each.getKey(), each.getValue());
            }
        }
        for (List<Position.Frame> part : frame.parts().values()) {
            found = found != null ? found : inFrames(part);
        }
        return found;
    }

    private FlowException in(Position.Frame frame, String what, List<?> values) {
        for (int i = 0; i < values.size(); i++) {
            FlowException found = in(frame, what + i, values.get(i));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private FlowException in(Position.Frame frame, String what, Object value) {
        String problem = problem("position", "value", value);
        return problem == null ? null
                : new FlowException(
                        "flow '" + frame.flow() + "'" + (frame.node() == null ? "" : ", node '" + frame.node() + "'")
                                + ": " + what + " " + problem);
    }

    /** {@return what is wrong with one value; null if nothing is} @param place the member of an envelope that it is in */
    private String problem(String place, String name, Object value) {
        try {
            CanonicalJson.of(Json.MAPPER.writeValueAsBytes(Map.of(place, Collections.singletonMap(name, value))), maxDepth);
            return null;
        } catch (JsonProcessingException unwritable) {
            return null; // the writer reports it
        } catch (EnvelopeRefused refused) {
            return switch (refused.reason()) {
                case TOO_DEEP -> "is nested too deep: an envelope takes " + maxDepth + " levels with the store around it. "
                        + "Make it flatter, or raise quarkus.pocketflow.envelope.max-depth";
                case TOO_LARGE -> "has a number or a name that is too long for readers. Keep it as a text";
                default -> refused.getMessage().contains("surrogate") ? "has " + CanonicalTokens.HALF_A_PAIR
                        + ", which is no character. Cut texts between characters"
                        : "has what no reader takes: a name twice in one object, or a number with too large an exponent";
            };
        }
    }
}
