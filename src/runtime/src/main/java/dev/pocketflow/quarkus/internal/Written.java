package dev.pocketflow.quarkus.internal;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;

import dev.pocketflow.Envelope;
import dev.pocketflow.internal.LastSteps;

/**
 * What of a run stands in JSON already, since an envelope of it was written before: its steps, and the texts of its store. A
 * text that is still the same object at its next writing is encoded to be kept; at the first, nobody knows of a second.
 * Thread-safe.
 */
final class Written {

    private static final int SHORT = 16;

    final PathJson path = new PathJson();
    private final Map<String, SerializedString> texts = new ConcurrentHashMap<>();

    /** {@return the one of the run; a new one where the envelope is of none that goes on here} */
    static Written of(Envelope envelope) {
        return envelope.path() instanceof LastSteps steps ? of(steps) : new Written();
    }

    static Written of(LastSteps steps) {
        if (steps.beside().get() == null) {
            steps.beside().compareAndSet(null, new Written());
        }
        return (Written) steps.beside().get();
    }

    /** Forgets the texts of names that the store has no more. */
    void keep(Map<String, Object> store) {
        if (texts.size() > store.size()) {
            texts.keySet().retainAll(store.keySet());
        }
    }

    void text(JsonGenerator json, String name, String text) throws IOException {
        SerializedString before = texts.get(name);
        if (before != null && before.getValue() == text) {
            json.writeString(before);
            return;
        }
        json.writeString(text);
        if (isPlain(text)) {
            texts.put(name, new SerializedString(text));
        } else {
            texts.remove(name);
        }
    }

    // when Jackson makes JSON ahead, it refuses half of a pair, and writes a whole one otherwise than when it writes at once
    private static boolean isPlain(String text) {
        return text.length() >= SHORT && text.chars().noneMatch(each -> Character.isSurrogate((char) each));
    }
}
