package dev.pocketflow.quarkus.internal.envelope;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;

import dev.pocketflow.Envelope;
import dev.pocketflow.engine.context.RecentSteps;

/**
 * The parts of a run that an earlier envelope of it wrote as JSON: its steps, and the texts of its store.
 * A text is encoded to be kept when the same object is written for the second time. The caller holds the monitor while it
 * writes texts.
 */
final class EncodedTextCache {

    private static final int SHORT = 16;

    final PathJsonCache path = new PathJsonCache();
    private final Map<String, Text> texts = new HashMap<>();

    private static final class Text {
        String value; // as it was last written
        SerializedString json; // null if it was written only once, or cannot be kept
    }

    /** {@return the cache of the run; a new one if the run does not continue in this process} */
    static EncodedTextCache of(Envelope envelope) {
        return envelope.path() instanceof RecentSteps steps ? of(steps) : new EncodedTextCache();
    }

    static EncodedTextCache of(RecentSteps steps) {
        if (steps.beside().get() == null) {
            steps.beside().compareAndSet(null, new EncodedTextCache());
        }
        return (EncodedTextCache) steps.beside().get();
    }

    /** Forgets the texts of names that hold no text any more. Each text of the store was just written. */
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

    // Jackson encodes a text ahead differently: it refuses half of a surrogate pair, and writes a whole pair in another form
    private static boolean isPlain(String text) {
        return text.length() >= SHORT && text.chars().noneMatch(each -> Character.isSurrogate((char) each));
    }
}
