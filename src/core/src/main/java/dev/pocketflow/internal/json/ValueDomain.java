package dev.pocketflow.internal.json;

import java.math.BigDecimal;
import java.math.BigInteger;

import com.fasterxml.jackson.core.StreamReadConstraints;

import dev.pocketflow.internal.Texts;

/** The values that JSON of ours can carry. A value itself is looked at, and not what is in it. */
public final class ValueDomain {

    /** The problem of a text that is cut between the two halves of a character. */
    public static final String CUT = "has half of a surrogate pair, which is no character. Cut texts between characters";
    /** The most digits of a number that a reader takes. */
    private static final int MOST_DIGITS = StreamReadConstraints.DEFAULT_MAX_NUM_LEN;
    private static final int MOST_EXPONENT = 99_999;

    private ValueDomain() {
    }

    /** {@return what is wrong with a value; null if it can be carried} */
    public static String problem(Object value) {
        if (value instanceof String text) {
            return Texts.isCut(text) ? CUT : null;
        } else if (value instanceof BigDecimal number) {
            return number.precision() <= MOST_DIGITS && Math.abs((long) number.scale()) <= MOST_EXPONENT - MOST_DIGITS ? null
                    : "is a number of more than " + MOST_DIGITS + " digits, or a larger exponent than readers take. "
                            + "Keep it as a text";
        } else if (value instanceof BigInteger number) {
            // 3.3 bits a digit, so that most are told without being written
            return number.bitLength() <= 3 * MOST_DIGITS || number.abs().toString().length() <= MOST_DIGITS ? null
                    : "is a number of more than " + MOST_DIGITS + " digits. Keep it as a text";
        }
        return null;
    }
}
