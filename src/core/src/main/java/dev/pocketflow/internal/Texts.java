package dev.pocketflow.internal;

/**
 * Texts that JSON can carry. Half of a surrogate pair is not a character: UTF-8 cannot encode it, and readers handle it
 * differently. Such a text results from a cut in the middle of a character.
 */
public final class Texts {

    private static final int FIRST_SURROGATE = Character.MIN_SURROGATE;

    private Texts() {
    }

    /** {@return whether the text has half of a surrogate pair} */
    public static boolean isCut(String text) {
        int all = 0; // no branch for each unit: most texts are read once, quickly, and are fine
        int i = 0;
        for (; i + 7 < text.length(); i += 8) { // halves the time
            all |= text.charAt(i) | text.charAt(i + 1) | text.charAt(i + 2) | text.charAt(i + 3)
                    | text.charAt(i + 4) | text.charAt(i + 5) | text.charAt(i + 6) | text.charAt(i + 7);
        }
        for (; i < text.length(); i++) {
            all |= text.charAt(i);
        }
        return all >= FIRST_SURROGATE && cut(text, 0) >= 0;
    }

    /** {@return the index of the first half of a pair without its other half; -1 if there is none} */
    private static int cut(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (!Character.isSurrogate(unit)) {
                continue;
            }
            if (Character.isLowSurrogate(unit) || i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
                return i;
            }
            i++;
        }
        return -1;
    }

    /** {@return the text with U+FFFD for each half of a pair without its other half; the same object if there is none} */
    public static String mended(String text) {
        if (text == null || !isCut(text)) {
            return text;
        }
        StringBuilder mended = new StringBuilder(text);
        for (int i = cut(text, 0); i >= 0; i = cut(text, i + 1)) {
            mended.setCharAt(i, '\uFFFD');
        }
        return mended.toString();
    }
}
