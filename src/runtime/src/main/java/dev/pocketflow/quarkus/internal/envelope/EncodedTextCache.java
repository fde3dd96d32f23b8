package dev.pocketflow.quarkus.internal.envelope;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;

import dev.pocketflow.Envelope;
import dev.pocketflow.engine.context.RecentSteps;

/**
 * What of a run stands in JSON already, since an envelope of it was written before: its steps, and the texts of its store. A
 * text that is still the same object at its next writing is encoded to be kept; at the first, nobody knows of a second. Who
 * writes the texts holds the monitor.
 */
final class EncodedTextCache {

    private static final int SHORT = 16;

    final PathJsonCache path = new PathJsonCache();
    private final Map<String, Text> texts = new HashMap<>();

    private static final class Text {
        String value; // as it was last written
        SerializedString json; // null where it was written once only, or is none to be kept
    }

    /** {@return the one of the run; a new one where the envelope is of none that goes on here} */
    static EncodedTextCache of(Envelope envelope) {
        return envelope.path() instanceof RecentSteps steps ? of(steps) : new EncodedTextCache();
    }

    static EncodedTextCache of(RecentSteps steps) {
        if (steps.beside().get() == null) {
            steps.beside().compareAndSet(null, new EncodedTextCache());
        }
        return (EncodedTextCache) steps.beside().get();
    }

    /** Forgets the texts of names that are no texts any more; each that is one was just written. */
    void keep(Map<String, Object> store, int written) {
        if (texts.size() > written) {
            texts.keySet().removeIf(name -> !(store.get(name) instanceof String));
        }
    }

    void text(JsonGenerator json, String name, String value) throws IOException {
        Text text = texts.computeIfAbsent(name, unknown -> new Text());
        if (text.value != value) {
            text.value = value;
            text.json = null;
        } else if (text.json == null && isPlain(value)) {
            text.json = new SerializedString(value);
        }
        if (text.json == null) {
            json.writeString(value);
        } else {
            json.writeString(text.json);
        }
    }

    // when Jackson makes JSON ahead, it refuses half of a pair, and writes a whole one otherwise than when it writes at once
    private static boolean isPlain(String text) {
        return text.length() >= SHORT && text.chars().noneMatch(each -> Character.isSurrogate((char) each));
    }
}
