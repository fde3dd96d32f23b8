package dev.pocketflow.quarkus.internal.envelope;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.pocketflow.FailedAttempt;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;
import dev.pocketflow.quarkus.internal.json.JsonObjectReader;

/** Writes and reads the members that only the envelope of a failed run has. */
public final class FailureJson {

    private FailureJson() {
    }

    public static void failure(JsonGenerator json, HopMessage.Failure failure) throws IOException {
        json.writeObjectFieldStart("failure");
        members(json, failure);
        if (failure.done() > 0) {
            json.writeNumberField("done", failure.done());
        }
        json.writeEndObject();
    }

    /** {@return the failure in an envelope; null if it has none} */
    static HopMessage.Failure failure(JsonObjectReader envelope) {
        if (!envelope.has("failure")) {
            return null;
        }
        JsonObjectReader failure = envelope.object("failure");
        return new HopMessage.Failure(failure.text("flow"), failure.optionalText("node"), failure.text("type"),
                failure.text("message"));
    }

    /** Writes the members that an answer has as well. */
    static void members(JsonGenerator json, HopMessage.Failure failure) throws IOException {
        json.writeStringField("flow", failure.flow());
        if (failure.node() != null) {
            json.writeStringField("node", failure.node());
        }
        json.writeStringField("type", failure.type());
        json.writeStringField("message", failure.message());
        if (failure.at() != null) {
            json.writeStringField("at", failure.at().toString());
        }
        if (failure.item() >= 0) {
            json.writeNumberField("item", failure.item());
        }
        if (!failure.attempts().isEmpty()) {
            json.writeArrayFieldStart("attempts");
            for (FailedAttempt attempt : failure.attempts()) {
                json.writeStartObject();
                json.writeNumberField("attempt", attempt.number());
                json.writeStringField("at", attempt.failed().toString());
                json.writeStringField("error", attempt.error());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    public static void missing(JsonGenerator json, HopMessage.Missing missing) throws IOException {
        json.writeObjectFieldStart("missing");
        json.writeArrayFieldStart("store");
        for (String name : missing.store()) {
            json.writeString(name);
        }
        json.writeEndArray();
        if (missing.more() > 0) {
            json.writeNumberField("more", missing.more());
        }
        if (missing.position()) {
            json.writeBooleanField("position", true);
        }
        json.writeEndObject();
    }

    /** @throws EnvelopeRefused if the envelope lacks values that could not be written */
    public static void refuseMissing(JsonObjectReader envelope, String run) {
        if (!envelope.has("missing")) {
            return;
        }
        JsonObjectReader missing = envelope.object("missing");
        List<?> names = missing.list("store");
        throw new EnvelopeRefused(Reason.INCOMPLETE,
                "the envelope of run " + run + " is a record of it, and cannot go on: when "
                        + "the run failed, " + (names.isEmpty() ? ""
                                : "the values of " + names
                                        + (missing.has("more")
                                                ? " and of " + missing.whole("more", 1, Integer.MAX_VALUE) + " more"
                                                : ""))
                        + (missing.flag("position") ? (names.isEmpty() ? "" : " and ") + "the progress within its step" : "")
                        + " could not be kept. Start the run again, once its store can be written and fits");
    }
}
