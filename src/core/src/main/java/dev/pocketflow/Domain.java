package dev.pocketflow;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.StreamReadConstraints;

import dev.pocketflow.internal.OneLine;
import dev.pocketflow.internal.Texts;

/**
 * The values that a run can carry, checked where they enter it: the same for the store, items, results, params, actions and
 * names,
 * whether the run is handed over or not. A value is looked at, and not what is in it: that is checked when it is written, in an
 * envelope and in an answer alike.
 */
final class Domain {

    /** The most characters of a name: each is at most three bytes, and a reader takes 50,000. */
    private static final int MOST_OF_NAME = 16_000;
    /** The most digits of a number that a reader takes. */
    private static final int MOST_DIGITS = StreamReadConstraints.DEFAULT_MAX_NUM_LEN;
    private static final int MOST_EXPONENT = 99_999;
    private static final String CUT = "has half of a surrogate pair, which is no character. Cut texts between characters";

    private Domain() {
    }

    /** @throws FlowException.BadValue if no envelope can have a member of this name */
    static void key(String name) {
        if (Texts.isCut(name)) {
            throw new FlowException.BadValue(name, "the name of store key '" + OneLine.of(name) + "' " + CUT);
        } else if (name.length() > MOST_OF_NAME) {
            throw new FlowException.BadValue(name, "the name of store key '" + OneLine.of(name) + "' has more than "
                    + MOST_OF_NAME + " characters. Put the text into the value");
        }
    }

    /** @throws FlowException.BadValue if no envelope can have this value */
    static void value(String key, Object value) {
        if (value instanceof String || value instanceof Number) {
            String problem = problem(value);
            if (problem != null) {
                throw new FlowException.BadValue(key, "the value of store key '" + OneLine.of(key) + "' " + problem);
            }
        }
    }

    /** @throws FlowException if an item of a batch cannot be carried */
    static void items(List<?> items) {
        int index = 0;
        for (Object each : items) {
            carried(each, "item ", index);
            index++;
        }
    }

    /** @throws FlowException if the result of an item cannot be carried */
    static void result(Object result, int item) {
        carried(result, "the result of item ", item);
    }

    private static void carried(Object value, String what, int index) {
        String problem = problem(value);
        if (problem != null) {
            throw new FlowException(what + index + " " + problem);
        }
    }

    /** @throws FlowException if params of an iteration cannot be carried */
    static void params(Map<String, ?> params) {
        for (Map.Entry<String, ?> each : params.entrySet()) {
            String problem = Texts.isCut(each.getKey()) ? CUT : problem(each.getValue());
            if (problem != null) {
                throw new FlowException("the param '" + OneLine.of(each.getKey()) + "' " + problem);
            }
        }
    }

    /** {@return the action that was answered, never empty} @throws FlowException if no path can show it */
    static String action(String answered) {
        String action = Flow.action(answered);
        if (action != Flow.DEFAULT && Texts.isCut(action)) { // most are the constant itself
            throw new FlowException("the action '" + OneLine.of(action) + "' " + CUT);
        }
        return action;
    }

    /** @throws FlowException if no envelope can have the unit of something used */
    static void unit(String unit) {
        if (Texts.isCut(unit)) {
            throw new FlowException("the unit '" + OneLine.of(unit) + "' " + CUT);
        }
    }

    /** @throws IllegalArgumentException if a name that stands in code cannot be carried */
    static void name(String what, String name) {
        if (name != null && Texts.isCut(name)) {
            throw new IllegalArgumentException(what + " '" + OneLine.of(name) + "' " + CUT);
        }
    }

    /** {@return what is wrong with a value; null if it can be carried} */
    private static String problem(Object value) {
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
