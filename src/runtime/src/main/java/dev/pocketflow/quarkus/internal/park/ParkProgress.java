package dev.pocketflow.quarkus.internal.park;

import java.util.List;
import java.util.Map;

import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.internal.json.JsonObjectReader;
import dev.pocketflow.quarkus.internal.json.UntypedJson;
import dev.pocketflow.quarkus.internal.seal.Seal;

/**
 * How far the run in an envelope is, which decides what a park keeps of two envelopes for the same hop.
 *
 * @param failed whether the run failed: then the envelope has what its hop has done
 * @param whole whether nothing of the run was left out
 * @param steps the visits that the run has made
 * @param done the items and parallel parts of its current step that are finished
 * @param expires the second since the epoch until which the envelope is taken
 */
public record ParkProgress(boolean failed, boolean whole, int steps, int done, long expires) {

    /** {@return null for an envelope that cannot be read here, as it is sealed with another key} */
    public static ParkProgress of(Seal seal, byte[] envelope) {
        try {
            return of(JsonObjectReader.of(UntypedJson.read(seal.open(envelope)), "the envelope"));
        } catch (EnvelopeRefused | IllegalArgumentException unreadable) {
            return null; // the caller keeps both envelopes then
        }
    }

    /** @throws IllegalArgumentException if these are no members of an envelope */
    public static ParkProgress of(JsonObjectReader envelope) {
        boolean failed = envelope.has("failure");
        JsonObjectReader failure = failed ? envelope.object("failure") : null;
        int done = failed && failure.has("done") ? (int) failure.whole("done", 0, Integer.MAX_VALUE)
                : done(envelope.values().get("position"));
        return new ParkProgress(failed, !envelope.has("missing"), (int) envelope.whole("steps", 0, Integer.MAX_VALUE), done,
                envelope.whole("expires", 0, Long.MAX_VALUE));
    }

    /** Counts in a position as JSON has it; a position at a claim check counts as 0. */
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
     * {@return whether the place of a parked envelope is free for this one}
     *
     * @param refused whether this one was refused, and so has nothing of its own hop
     */
    boolean replaces(ParkProgress parked, boolean refused) {
        if (refused && parked.failed || parked.whole && !whole) {
            return false;
        }
        int behind = behind(parked);
        return behind < 0 || behind == 0 && (!refused || failed || parked.expires < expires);
    }

    /** {@return whether a parked envelope has all that this one has} */
    boolean isCovered(ParkProgress parked) {
        return behind(parked) >= 0 && (parked.whole || !whole) && (parked.failed || !failed);
    }

    private int behind(ParkProgress parked) {
        int behind = Integer.compare(parked.steps, steps);
        return behind != 0 ? behind : Integer.compare(parked.done, done);
    }
}
