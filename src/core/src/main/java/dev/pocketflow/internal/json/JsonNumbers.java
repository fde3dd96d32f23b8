package dev.pocketflow.internal.json;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.NumberInput;
import com.fasterxml.jackson.core.io.NumberOutput;

/**
 * Numbers of JSON with all their digits. The value depends on the number only, and not on the form it is written in:
 * <ul>
 * <li>A whole number is an {@code Integer}, a {@code Long} or a {@code BigInteger}. 5, 5.0 and 50e-1 are the same value.</li>
 * <li>Another number is a {@code Double} if the shortest form of a double has exactly these digits.</li>
 * <li>All others are a {@code BigDecimal} without trailing zeros. This includes a whole number with more than
 * {@value #MOST_ZEROS} trailing zeros that is not a {@code Double}: an integer would take more memory than the number took in
 * the JSON.</li>
 * </ul>
 * Minus zero is a {@code Double} if it has a fraction or an exponent, and the integer 0 otherwise. Not thread-safe.
 */
final class JsonNumbers {

    /** The most digits of an exponent. Arithmetic with a larger one is not feasible. */
    static final int MOST_EXPONENT = 99_999;
    private static final int MOST_ZEROS = 80;

    private static final int KEPT_BY_LONG = 18;
    /** A double holds every number of this many digits, unless the number is very large or very small. */
    private static final int KEPT_BY_DOUBLE = 15;
    /** The most digits that a double needs to be distinct from its neighbours. */
    private static final int MADE_BY_DOUBLE = 17;
    /** Java before 19 writes some doubles with more digits than they need, and converts them to such decimals (JDK-4511638). */
    private static final boolean LONG_DOUBLES = Runtime.version().feature() < 19;
    private static final long[] POWERS = new long[KEPT_BY_LONG + 1];
    /** The powers of ten that a double holds exactly. */
    private static final double[] EXACT_POWERS = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13,
            1e14,
            1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    /**
     * The scanned number is {@code digits · 10^exponent}, negated or not. The digits do not end with a zero. {@code digits}
     * holds at most 18 of the {@code count} digits.
     */
    private long digits;
    private int count;
    private int exponent;
    private boolean negative;
    private boolean isInteger; // has no fraction and no exponent

    /** @param json positioned at a number */
    Number read(JsonParser json) throws IOException {
        return read(json, json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
    }

    private Number read(JsonParser json, char[] text, int from, int length) throws IOException {
        if (!scan(text, from, length)) {
            throw new StreamConstraintsException("a number has an exponent of more than five digits. Send it as a text",
                    json.currentLocation());
        }
        if (count == 0) {
            return negative && !isInteger ? (Number) (-0.0) : (Number) 0;
        }
        if (exponent >= 0 && count + exponent <= KEPT_BY_LONG) {
            return whole((negative ? -digits : digits) * POWERS[exponent]);
        }
        if (exponent < 0 && count <= KEPT_BY_DOUBLE && -exponent < EXACT_POWERS.length) {
            double exact = digits / EXACT_POWERS[-exponent]; // the quotient of two exact doubles is correctly rounded
            return negative ? -exact : exact;
        }
        return large(text, from, length);
    }

    private static Number whole(long value) {
        return value == (int) value ? (Number) (int) value : (Number) value;
    }

    private Number large(char[] text, int from, int length) {
        if (exponent >= 0 && exponent <= MOST_ZEROS) {
            BigInteger value = decimal(text, from, length).toBigIntegerExact();
            return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
        }
        if (count <= MADE_BY_DOUBLE) {
            double nearest = NumberInput.parseDouble(text, from, length, true);
            if (nearest != 0 && !Double.isInfinite(nearest) && isWrittenSo(nearest)) {
                return nearest;
            }
        }
        return decimal(text, from, length);
    }

    /** {@return whether the double has the scanned digits in every later conversion to a text or a decimal} */
    private boolean isWrittenSo(double nearest) {
        long sent = digits;
        int by = exponent;
        return has(NumberOutput.toString(nearest, true), sent, by)
                && (!LONG_DOUBLES || has(Double.toString(nearest), sent, by));
    }

    private boolean has(String number, long sent, int by) {
        scan(number.toCharArray(), 0, number.length());
        return digits == sent && exponent == by;
    }

    private static BigDecimal decimal(char[] text, int from, int length) {
        return new BigDecimal(text, from, length).stripTrailingZeros();
    }

    /** {@return false if the exponent is too large} */
    private boolean scan(char[] text, int from, int length) {
        digits = 0;
        count = 0;
        exponent = 0;
        isInteger = true;
        negative = text[from] == '-';
        int fraction = 0;
        int zeros = 0; // zeros that may be trailing ones
        int end = from + length;
        for (int i = negative ? from + 1 : from; i < end; i++) {
            char c = text[i];
            if (c == '.') {
                isInteger = false;
            } else if (c == 'e' || c == 'E') {
                isInteger = false;
                return exponent(text, i + 1, end);
            } else {
                fraction += isInteger ? 0 : 1;
                if (c != '0') {
                    digit(c - '0', zeros);
                    exponent = -fraction;
                    zeros = 0;
                } else if (count > 0) {
                    zeros++;
                    exponent += isInteger ? 1 : 0;
                }
            }
        }
        return true;
    }

    private void digit(int digit, int zeros) {
        int more = count == 0 ? 1 : zeros + 1;
        count += more;
        if (count <= KEPT_BY_LONG) {
            digits = digits * POWERS[more] + digit;
        }
    }

    private boolean exponent(char[] text, int from, int end) {
        int value = 0;
        for (int i = from; i < end; i++) {
            if (text[i] != '+' && text[i] != '-') {
                value = value * 10 + text[i] - '0';
            }
            if (value > MOST_EXPONENT) {
                return false;
            }
        }
        exponent += text[from] == '-' ? -value : value;
        return true;
    }
}
