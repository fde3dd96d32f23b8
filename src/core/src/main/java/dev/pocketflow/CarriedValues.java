package dev.pocketflow;

import org.jspecify.annotations.Nullable;

import dev.pocketflow.internal.LogText;
import dev.pocketflow.internal.Texts;
import dev.pocketflow.internal.json.ValueDomain;

/** Refuses names and values that no envelope can carry, at their entry into the store or a flow. */
final class CarriedValues {

    /** The most characters of a name: each has at most three bytes, and a reader accepts 50,000. */
    private static final int MOST_OF_NAME = 16_000;

    private CarriedValues() {
    }

    /** @throws FlowException.BadValue if no envelope can have a member of this name */
    static void key(String name) {
        if (Texts.isCut(name)) {
            throw new FlowException.BadValue(name, "the name of store key '" + LogText.of(name) + "' " + ValueDomain.CUT);
        } else if (name.length() > MOST_OF_NAME) {
            throw new FlowException.BadValue(name, "the name of store key '" + LogText.of(name) + "' has more than "
                    + MOST_OF_NAME + " characters. Put the text into the value");
        }
    }

    /** @throws FlowException.BadValue if no envelope can have this value */
    static void value(String key, @Nullable Object value) {
        if (value instanceof String || value instanceof Number) {
            String problem = ValueDomain.problem(value);
            if (problem != null) {
                throw new FlowException.BadValue(key, "the value of store key '" + LogText.of(key) + "' " + problem);
            }
        }
    }

    /** @throws IllegalArgumentException if an envelope cannot carry a name from the code */
    static void name(String what, @Nullable String name) {
        if (name != null && Texts.isCut(name)) {
            throw new IllegalArgumentException(what + " '" + LogText.of(name) + "' " + ValueDomain.CUT);
        }
    }
}
