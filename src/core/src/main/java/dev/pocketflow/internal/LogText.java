package dev.pocketflow.internal;

import java.util.Collection;
import java.util.Iterator;
import java.util.Locale;

/**
 * Makes text from outside safe for one line of a log or a message. An action may come from a model, and a name in a store from
 * a stranger.
 */
public final class LogText {

    /** The most characters of a name that a message shows. */
    public static final int MOST = 120;
    /** The most characters of a whole message that a log line shows. */
    private static final int MOST_OF_MESSAGE = 4_000;
    /** The most names that a message lists. */
    private static final int MOST_NAMES = 20;

    private LogText() {
    }

    /**
     * {@return the text on one line, of bounded length} Shows line breaks, invisible characters and characters that change the
     * direction of writing as Java escapes.
     */
    public static String of(String text) {
        return of(text, MOST);
    }

    /** {@return a whole message on one line} */
    public static String message(String text) {
        return of(text, MOST_OF_MESSAGE);
    }

    /**
     * Bounds a text to one line.
     *
     * @param text from outside; {@code null} stays {@code null}
     * @param most the largest number of its characters to show
     * @return the text on one line; the same object if it needs no change
     */
    public static String of(String text, int most) {
        if (text == null || text.length() <= most && isPlain(text)) {
            return text;
        }
        int end = text.length() <= most ? text.length() : most;
        StringBuilder line = new StringBuilder(end + 32);
        for (int i = 0; i < end;) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (isHidden(point)) {
                escape(line, point);
            } else {
                line.appendCodePoint(point);
            }
        }
        if (end < text.length()) {
            line.append(String.format(Locale.ROOT, "… (%,d characters)", text.length()));
        }
        return line.toString();
    }

    /** {@return the names in brackets on one line, at most 20 of them, and how many more there are} */
    public static String list(Collection<String> names) {
        return "[" + join(names) + "]";
    }

    /** {@return the names on one line, at most 20 of them, and how many more there are} */
    public static String join(Collection<String> names) {
        StringBuilder line = new StringBuilder();
        Iterator<String> each = names.iterator();
        int shown = 0;
        for (; shown < MOST_NAMES && each.hasNext(); shown++) {
            line.append(shown == 0 ? "" : ", ").append(of(each.next()));
        }
        if (each.hasNext()) {
            line.append(String.format(Locale.ROOT, ", … and %,d more", names.size() - shown));
        }
        return line.toString();
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter < ' ' || letter > '~') {
                return isPlain(text, i);
            }
        }
        return true;
    }

    private static boolean isPlain(String text, int from) {
        return text.codePoints().skip(text.codePointCount(0, from)).noneMatch(LogText::isHidden);
    }

    /** {@return whether the character breaks a line, is invisible, or changes the direction of writing} */
    public static boolean isHidden(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED ->
                true;
            default -> isBlankLetter(point);
        };
    }

    /** Letters and marks that are invisible. Unicode calls them ignorable. */
    private static boolean isBlankLetter(int point) {
        return point == 0x034F || point == 0x115F || point == 0x1160 || point == 0x17B4 || point == 0x17B5
                || point >= 0x180B && point <= 0x180F || point == 0x2800 || point == 0x3164 || point == 0xFFA0
                || point >= 0xFE00 && point <= 0xFE0D || point >= 0xE0100 && point <= 0xE01EF;
    }

    private static void escape(StringBuilder line, int point) {
        switch (point) {
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            default -> {
                for (char unit : Character.toChars(point)) {
                    line.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                }
            }
        }
    }
}
