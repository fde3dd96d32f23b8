package dev.pocketflow.quarkus.internal.signal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;

import dev.pocketflow.Envelope;
import dev.pocketflow.FlowException;
import dev.pocketflow.Run;
import dev.pocketflow.internal.LogText;
import dev.pocketflow.internal.json.Json;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;
import dev.pocketflow.quarkus.internal.envelope.HopMessage;
import dev.pocketflow.quarkus.internal.json.CanonicalJson;
import dev.pocketflow.quarkus.internal.json.Sha256;

/**
 * What somebody tells a run that waits for it.
 *
 * @param token what the suspended outcome carried
 * @param name the signal's
 * @param action picks the edge; null for {@code default}
 * @param payload as JSON has it; null where there is none
 */
public record Signal(String token, String name, String action, Object payload) {

    private static final int MAX_DEPTH = 1_000;
    /** How deep a value of the store stands in an envelope. */
    private static final int AROUND = 2;

    /**
     * {@return what is the same for this signal only, as long as the same run waits for it. It tells nothing to who has not
     * the run as it waits, which no one can guess}
     *
     * @param waiting the run's envelope
     * @throws IllegalArgumentException if the payload cannot be written as JSON
     */
    public String digest(byte[] waiting) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("waiting", Sha256.text(waiting));
        said.put("signal", name);
        said.put("action", picked());
        said.put("payload", payload);
        try {
            return Sha256.text(CanonicalJson.of(Json.MAPPER.writeValueAsBytes(said), MAX_DEPTH).bytes());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the payload of signal '" + name + "' cannot be written as JSON", e);
        }
    }

    /**
     * Bounds the payload before it becomes part of the run: an envelope that holds it could not be read.
     *
     * @throws BadEvent if the payload is no JSON, or deeper or larger than an envelope
     */
    public void check(int maxDepth, int maxBytes) {
        if (payload == null) {
            return;
        }
        byte[] json;
        try {
            json = Json.MAPPER.writeValueAsBytes(payload);
        } catch (JsonProcessingException e) {
            throw bad("cannot be written as JSON");
        }
        if (json.length > maxBytes) {
            throw bad(
                    "has " + json.length + " bytes, and an envelope at most " + maxBytes
                            + " (quarkus.pocketflow.envelope.max-bytes)");
        }
        if (depth(json) > maxDepth - AROUND) {
            throw bad("is nested deeper than an envelope takes, " + maxDepth + " (quarkus.pocketflow.envelope.max-depth)");
        }
    }

    private BadEvent bad(String problem) {
        return new BadEvent(400, "the payload of signal '" + LogText.of(name) + "' " + problem
                + ". The signal was not taken: send it again with a smaller payload");
    }

    private static int depth(byte[] json) {
        int deepest = 0;
        try (JsonParser parser = Json.MAPPER.createParser(json)) {
            while (parser.nextToken() != null) {
                deepest = Math.max(deepest, parser.getParsingContext().getNestingDepth());
            }
        } catch (StreamConstraintsException e) {
            return Integer.MAX_VALUE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return deepest;
    }

    /**
     * Brings the run the signal.
     *
     * @throws EnvelopeRefused if it does not wait for it
     * @throws BadEvent if the payload is not of the signal's type
     */
    public void bring(Run run) {
        try {
            run.signal(name, action, payload);
        } catch (FlowException.UnexpectedSignal e) {
            throw new EnvelopeRefused(Reason.UNEXPECTED_SIGNAL, e.getMessage());
        } catch (FlowException.BadPayload e) {
            throw new BadEvent(400, e.getMessage());
        }
    }

    private String picked() {
        return action == null || action.isEmpty() ? "default" : action;
    }

    /**
     * The signal that came first stands, and the same one, delivered again, has the run go on where it broke down. But where
     * the
     * run failed on it and went nowhere, another may take its place, from the wait on: that is how it is corrected.
     *
     * @param came the run as it waits
     * @param kept the same run, as the signal before left it
     * @return whether this one takes the place of the one before
     * @throws EnvelopeRefused if that was another one, and stands
     */
    public boolean replaces(HopMessage came, HopMessage kept) {
        int step = stay(came.envelope());
        if (stay(kept.envelope()) == step) {
            return true; // nothing came of it
        }
        boolean same = kept.signal() != null ? kept.signal().equals(came.signal())
                : kept.envelope().path().stream()
                        .noneMatch(each -> each.sequence() == step && each.action().filter(picked()::equals).isEmpty());
        if (!same && (kept.signal() == null || kept.failure() == null)) {
            throw new EnvelopeRefused(Reason.USED, "the token of run " + came.envelope().run() + ", hop "
                    + came.envelope().hop() + ", was used before, with another action or payload. Send that one again, and the "
                    + "run goes on with it");
        }
        return !same;
    }

    /** {@return the number of the visit that waits; 0 where none does} */
    private static int stay(Envelope run) {
        List<Envelope.Frame> position = run.position();
        Envelope.Pause pause = position.isEmpty() ? null : position.get(position.size() - 1).pause();
        return pause == null ? 0 : pause.step();
    }
}
