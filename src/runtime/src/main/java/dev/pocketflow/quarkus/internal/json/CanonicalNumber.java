package dev.pocketflow.quarkus.internal.json;

/**
 * Numbers with all their digits, in the form that ECMAScript gives a double and RFC 8785 gives a number. Two numbers have one
 * form only if they are equal. {@link dev.pocketflow.internal.json.JsonValues} then reads the same value of both. The form is
 * the one of RFC 8785 for a number whose digits a double holds, except minus zero as a double: {@code -0.0}.
 */
final class CanonicalNumber {

    private static final int MAX_EXPONENT = 99_999;

    /** The number is 0.d₁d₂d₃… · 10^point. Its first and last digits are not zero. */
    private char[] digits = new char[32];
    private int count;
    private int point;
    private boolean negative;

    /** {@return whether the number was written: an exponent of more than five digits is refused} */
    boolean write(char[] text, int from, int length, boolean integer, CanonicalBytes out) {
        if (!read(text, from, length)) {
            return false;
        }
        if (count == 0) {
            out.ascii(negative && !integer ? "-0.0" : "0");
        } else {
            layOut(out);
        }
        return true;
    }

    private boolean read(char[] text, int from, int length) {
        if (digits.length < length) {
            digits = new char[length];
        }
        count = 0;
        point = 0;
        negative = text[from] == '-';
        boolean fraction = false;
        for (int i = negative ? from + 1 : from; i < from + length; i++) {
            char c = text[i];
            if (c == '.') {
                fraction = true;
            } else if (c == 'e' || c == 'E') {
                return exponent(text, i + 1, from + length) && trim();
            } else {
                digit(c, fraction);
            }
        }
        return trim();
    }

    private void digit(char c, boolean fraction) {
        if (c == '0' && count == 0) {
            point -= fraction ? 1 : 0;
            return;
        }
        digits[count++] = c;
        point += fraction ? 0 : 1;
    }

    private boolean exponent(char[] text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            if (text[i] != '+' && text[i] != '-') {
                value = value * 10 + text[i] - '0';
            }
            if (value > MAX_EXPONENT) {
                return false;
            }
        }
        point += text[from] == '-' ? -value : value;
        return true;
    }

    private boolean trim() {
        while (count > 0 && digits[count - 1] == '0') {
            count--;
        }
        return true;
    }

    /** <a href="https://262.ecma-international.org/10.0/#sec-tostring-applied-to-the-number-type">Number to String</a>. */
    private void layOut(CanonicalBytes out) {
        if (negative) {
            out.add('-');
        }
        if (point > 21 || point < -5) {
            scientific(out);
        } else if (point <= 0) {
            out.ascii("0.");
            out.zeros(-point);
            out.ascii(digits, 0, count);
        } else if (count <= point) {
            out.ascii(digits, 0, count);
            out.zeros(point - count);
        } else {
            out.ascii(digits, 0, point);
            out.add('.');
            out.ascii(digits, point, count);
        }
    }

    private void scientific(CanonicalBytes out) {
        out.add(digits[0]);
        if (count > 1) {
            out.add('.');
            out.ascii(digits, 1, count);
        }
        out.ascii(point > 0 ? "e+" : "e");
        out.ascii(Integer.toString(point - 1));
    }
}
