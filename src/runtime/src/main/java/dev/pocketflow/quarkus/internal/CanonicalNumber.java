package dev.pocketflow.quarkus.internal;

import com.fasterxml.jackson.core.io.NumberOutput;

/**
 * Numbers, in the form that ECMAScript gives a double, which is RFC 8785's. It is the form of the nearest double for what is a
 * double: written with a fraction or an exponent, in at most 17 digits. An integer, or a number of more digits, may be a long
 * or a
 * decimal to who reads it: it keeps all its digits, in the same form. The two differ only where RFC 8785 would round.
 */
final class CanonicalNumber {

    /** Of any number with no more digits, a double keeps all, as long as it is a normal one. */
    private static final int KEPT_BY_DOUBLE = 15;
    private static final int NORMAL = 300;
    /** No double needs more digits to be told from the next one. */
    private static final int MADE_BY_DOUBLE = 17;
    private static final int MAX_EXPONENT = 99_999;

    /** The number is 0.d₁d₂d₃… · 10^point, with neither the first digit nor the last a zero. */
    private char[] digits = new char[32];
    private int count;
    private int point;
    private boolean negative;

    /** {@return whether the number could be written: one whose exponent has more than five digits is refused} */
    boolean write(char[] text, int from, int length, boolean integer, CanonicalBytes out) {
        if (!read(text, from, length)) {
            return false;
        }
        if (!integer && isDouble() && !isShortest()) {
            shorten(Double.parseDouble(new String(text, from, length)));
        }
        layOut(out);
        return true;
    }

    /** Java before 19 writes some doubles from 10^17 on with a digit more (JDK-4511638). */
    private boolean isDouble() {
        return count <= MADE_BY_DOUBLE + (point > MADE_BY_DOUBLE ? 1 : 0);
    }

    /** As far as can be told without making a double of it. */
    private boolean isShortest() {
        return count <= KEPT_BY_DOUBLE && Math.abs(point) < NORMAL;
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

    private void shorten(double nearest) {
        if (Double.isInfinite(nearest) || nearest == 0) {
            return;
        }
        String shortest = NumberOutput.toString(nearest, true);
        read(shortest.toCharArray(), 0, shortest.length());
        // Java writes at least two digits, ECMAScript one if one will do. That are the two smallest doubles: 4.9E-324, 9.9E-324
        if (count == 2 && point < -320) {
            shortenToOne(Math.abs(nearest));
        }
    }

    private void shortenToOne(double nearest) {
        int rounded = (digits[0] - '0') * 10 + digits[1] - '0' + 5;
        int digit = rounded / 10;
        if (Double.parseDouble(digit + "e" + (point - 1)) == nearest) {
            point += digit == 10 ? 1 : 0;
            digits[0] = (char) ('0' + (digit == 10 ? 1 : digit));
            count = 1;
        }
    }

    /** <a href="https://262.ecma-international.org/10.0/#sec-tostring-applied-to-the-number-type">Number to String</a>. */
    private void layOut(CanonicalBytes out) {
        if (count == 0) {
            out.add('0');
            return;
        }
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
