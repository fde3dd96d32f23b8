package dev.pocketflow.quarkus.internal.signal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;

import dev.pocketflow.Envelope;
import dev.pocketflow.FlowException;
import dev.pocketflow.Run;
import dev.pocketflow.engine.position.Position;
import dev.pocketflow.internal.LogText;
import dev.pocketflow.internal.json.Json;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;
import dev.pocketflow.quarkus.internal.envelope.HopMessage;
import dev.pocketflow.quarkus.internal.json.CanonicalJson;
import dev.pocketflow.quarkus.internal.json.Sha256;

/**
 * A signal that somebody sends to a run that waits for it.
 *
 * @param token the token from the suspended outcome
 * @param name the signal's name
 * @param action selects the edge; null for {@code default}
 * @param payload the payload as read from JSON; null without one
 */
public record Signal(String token, String name, String action, Object payload) {

    private static final int MAX_DEPTH = 1_000;
    /** The depth of a value of the store in an envelope. */
    private static final int AROUND = 2;

    /**
     * {@return a digest that only this signal has while the same run waits for it}. Nobody can guess it without the envelope of
     * the waiting run.
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
     * Checks the payload before it becomes part of the run: otherwise the run's envelope could not be read.
     *
     * @throws BadEvent if the payload is not JSON, or exceeds the depth or size of an envelope
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
            throw bad("is nested deeper than an envelope allows, " + maxDepth + " (quarkus.pocketflow.envelope.max-depth)");
        }
    }

    private BadEvent bad(String problem) {
        return new BadEvent(400, "the payload of signal '" + LogText.of(name) + "' " + problem
                + ". The signal was not accepted: send it again with a smaller payload");
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
     * Delivers the signal to the run.
     *
     * @throws EnvelopeRefused if the run does not wait for it
     * @throws BadEvent if the payload does not have the signal's type
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
     * Decides whether this signal replaces an earlier one. The first signal is binding. The same signal, delivered again,
     * resumes the run at the point of its crash. If the run failed after the signal and was not handed over, another signal
     * replaces it and the run resumes from the wait: this corrects a wrong signal.
     *
     * @param came the run as it waits
     * @param kept the same run, as the earlier signal left it
     * @return whether this signal replaces the earlier one
     * @throws EnvelopeRefused if the earlier signal was another one and is binding
     */
    public boolean replaces(HopMessage came, HopMessage kept) {
        int step = stay(came.envelope());
        if (stay(kept.envelope()) == step) {
            return true; // the earlier signal had no effect
        }
        boolean same = kept.signal() != null ? kept.signal().equals(came.signal())
                : kept.envelope().path().stream()
                        .noneMatch(each -> each.sequence() == step && each.action().filter(picked()::equals).isEmpty());
        if (!same && (kept.signal() == null || kept.failure() == null)) {
            throw new EnvelopeRefused(Reason.USED, "the token of run " + came.envelope().run() + ", hop "
                    + came.envelope().hop() + ", was used before with another action or payload. Send that signal again to "
                    + "resume the run");
        }
        return !same;
    }

    /** {@return the number of the visit that waits; 0 without one} */
    private static int stay(Envelope run) {
        Position.Pause pause = run.position().pause();
        return pause == null ? 0 : pause.step();
    }
}
