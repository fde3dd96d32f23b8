package dev.pocketflow.internal.json;

import java.math.BigDecimal;
import java.math.BigInteger;

import com.fasterxml.jackson.core.StreamReadConstraints;

import dev.pocketflow.internal.Texts;

/** The values that the JSON of an envelope can hold. Checks the value itself, and not its parts. */
public final class ValueDomain {

    /** The problem of a text that is cut between the two halves of a character. */
    public static final String CUT = "has half of a surrogate pair, which is no character. Cut texts between characters";
    /** The most digits of a number that readers take. */
    private static final int MOST_DIGITS = StreamReadConstraints.DEFAULT_MAX_NUM_LEN;
    private static final int MOST_EXPONENT = 99_999;

    private ValueDomain() {
    }

    /** {@return the problem of a value; null if an envelope can hold it} */
    public static String problem(Object value) {
        if (value instanceof String text) {
            return Texts.isCut(text) ? CUT : null;
        } else if (value instanceof BigDecimal number) {
            return number.precision() <= MOST_DIGITS && Math.abs((long) number.scale()) <= MOST_EXPONENT - MOST_DIGITS ? null
                    : "is a number of more than " + MOST_DIGITS + " digits, or a larger exponent than readers take. "
                            + "Keep it as a text";
        } else if (value instanceof BigInteger number) {
            // a digit takes 3.3 bits, so that most numbers are decided without writing them
            return number.bitLength() <= 3 * MOST_DIGITS || number.abs().toString().length() <= MOST_DIGITS ? null
                    : "is a number of more than " + MOST_DIGITS + " digits. Keep it as a text";
        }
        return null;
    }
}
