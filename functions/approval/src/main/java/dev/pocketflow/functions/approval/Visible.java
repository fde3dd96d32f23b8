package dev.pocketflow.functions.approval;

import java.util.Locale;

/**
 * A stranger's text as a person reads it. Invisible characters, and those that turn the direction of writing, are shown as
 * escapes: an approver must see all that is sent.
 */
final class Visible {

    /** The most marks on one letter, after UTS 39 (5.4). More marks would cover the lines around them. */
    private static final int MOST_MARKS = 4;

    private Visible() {
    }

    /** {@return the text with its lines, and an escape for each hidden character, and for marks beyond the fourth in a row} */
    static String text(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        int marks = 0;
        for (int point : text.replaceAll("\r\n?|[\u0085\u2028\u2029]", "\n").codePoints().toArray()) {
            marks = isMark(point) ? marks + 1 : 0;
            if (point == '\n' || point == '\t' || !isHidden(point) && marks <= MOST_MARKS) {
                visible.appendCodePoint(point);
            } else {
                for (char unit : Character.toChars(point)) {
                    visible.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                }
            }
        }
        return visible.toString();
    }

    private static boolean isMark(int point) {
        int type = Character.getType(point);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    /** {@return the text on one line; the end of a line would begin another header} */
    static String line(String text) {
        return text(text.replaceAll("[\\p{Cntrl}\u0085\u2028\u2029]+", " "));
    }

    /** {@return the text with a mark before each line, so that no line looks like one of ours} */
    static String quoted(String text) {
        return text(text).lines().map(line -> "> " + line).reduce((one, other) -> one + "\n" + other).orElse(">");
    }

    private static boolean isHidden(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED ->
                true;
            default -> isBlank(point);
        };
    }

    /** Letters and marks that show nothing. */
    private static boolean isBlank(int point) {
        return point == 0x034F || point == 0x115F || point == 0x1160 || point == 0x17B4 || point == 0x17B5
                || point >= 0x180B && point <= 0x180F || point == 0x2800 || point == 0x3164 || point == 0xFFA0
                || point >= 0xFE00 && point <= 0xFE0D || point >= 0xE0100 && point <= 0xE01EF;
    }
}
