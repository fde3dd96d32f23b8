package dev.pocketflow.internal;

import java.util.regex.Pattern;

/** A text that must not end the line of the log it stands in: an action may be a model's. */
public final class OneLine {

    private static final Pattern CONTROLS = Pattern.compile("\\p{Cc}");

    private OneLine() {
    }

    /** {@return the text with a question mark for each control character} */
    public static String of(String text) {
        return CONTROLS.matcher(text).replaceAll("?");
    }
}
