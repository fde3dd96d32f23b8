package dev.pocketflow.quarkus.internal.park;

import java.util.List;
import java.util.Map;

import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.internal.json.JsonObjectReader;
import dev.pocketflow.quarkus.internal.json.UntypedJson;
import dev.pocketflow.quarkus.internal.seal.Seal;

/**
 * The progress of the run in an envelope. It decides which of two envelopes for the same hop a store of failed runs keeps.
 *
 * @param failed whether the run failed: then the envelope holds the work of its hop
 * @param whole whether nothing of the run was left out
 * @param steps the visits that the run has made
 * @param done the finished items and parallel parts of its current step
 * @param expires the second since the epoch at which the envelope expires
 */
public record ParkProgress(boolean failed, boolean whole, int steps, int done, long expires) {

    /** {@return the progress; null for an envelope that cannot be read here, because another key sealed it} */
    public static ParkProgress of(Seal seal, byte[] envelope) {
        try {
            return of(JsonObjectReader.of(UntypedJson.read(seal.open(envelope)), "the envelope"));
        } catch (EnvelopeRefused | IllegalArgumentException unreadable) {
            return null; // the caller then keeps both envelopes
        }
    }

    /** @throws IllegalArgumentException if these are not the members of an envelope */
    public static ParkProgress of(JsonObjectReader envelope) {
        boolean failed = envelope.has("failure");
        JsonObjectReader failure = failed ? envelope.object("failure") : null;
        int done = failed && failure.has("done") ? (int) failure.whole("done", 0, Integer.MAX_VALUE)
                : done(envelope.values().get("position"));
        return new ParkProgress(failed, !envelope.has("missing"), (int) envelope.whole("steps", 0, Integer.MAX_VALUE), done,
                envelope.whole("expires", 0, Long.MAX_VALUE));
    }

    /** Counts in the JSON of a position; a position at a claim check counts as 0. */
    private static int done(Object position) {
        int done = 0;
        if (position instanceof List<?> frames) {
            for (Object each : frames) {
                if (each instanceof Map<?, ?> frame) {
                    done += frame.get("batch") instanceof Map<?, ?> batch && batch.get("results") instanceof Map<?, ?> results
                            ? results.size()
                            : 0;
                    done += frame.get("parts") instanceof Map<?, ?> parts ? parts(parts) : 0;
                }
            }
        }
        return done;
    }

    private static int parts(Map<?, ?> parts) {
        return parts.values().stream().mapToInt(part -> part instanceof List<?> open && open.isEmpty() ? 1 : done(part)).sum();
    }

    /**
     * {@return whether this envelope may replace a parked one}
     *
     * @param refused whether this envelope was refused, and so holds no work of its hop
     */
    boolean replaces(ParkProgress parked, boolean refused) {
        if (refused && parked.failed || parked.whole && !whole) {
            return false;
        }
        int behind = behind(parked);
        return behind < 0 || behind == 0 && (!refused || failed || parked.expires < expires);
    }

    /** {@return whether a parked envelope holds all that this one holds} */
    boolean isCovered(ParkProgress parked) {
        return behind(parked) >= 0 && (parked.whole || !whole) && (parked.failed || !failed);
    }

    private int behind(ParkProgress parked) {
        int behind = Integer.compare(parked.steps, steps);
        return behind != 0 ? behind : Integer.compare(parked.done, done);
    }
}
