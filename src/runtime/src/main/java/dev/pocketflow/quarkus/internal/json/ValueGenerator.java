package dev.pocketflow.quarkus.internal.json;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;

import dev.pocketflow.internal.json.Json;

/**
 * Writes the values of a run into an envelope or an answer, so that an answer does not depend on whether there was a hop:
 * <ul>
 * <li>A double that is a whole number is an integer in an answer. The reader of an envelope does not tell 5.0 from 5.</li>
 * <li>A decimal is a number in an answer. In an envelope it is a text if a reader would change its digits or its scale; the
 * member {@value Decimals#MEMBER} tells where such texts are. So it is with an integer that a reader takes for no integer.</li>
 * </ul>
 */
public final class ValueGenerator extends JsonGeneratorDelegate {

    /** A larger whole number may have digits that its shortest form does not have. */
    private static final double EXACT = 1e15;
    /** The trailing zeros up to which a reader takes a number for an integer. */
    private static final int MOST_ZEROS = 80;
    private static final BigInteger TOO_ROUND = BigInteger.TEN.pow(MOST_ZEROS + 1);
    /** A number of more digits stays one, so that it is refused. */
    private static final BigInteger TOO_LONG = BigInteger.TEN.pow(CanonicalTokens.MAX_NUMBER);

    private final List<String> decimals; // null in an answer

    private ValueGenerator(JsonGenerator target, List<String> decimals) {
        super(target, false);
        this.decimals = decimals;
    }

    public static ValueGenerator ofAnswer(JsonGenerator target) {
        return new ValueGenerator(target, null);
    }

    /** Its user ends with {@link #writeDecimals()}, in the object that the target stands in. */
    public static ValueGenerator ofEnvelope(JsonGenerator target) {
        return new ValueGenerator(target, new ArrayList<>());
    }

    /** For serializers that write a part of a value by the codec: not every factory of ours has one. */
    @Override
    public ObjectCodec getCodec() {
        return Json.MAPPER;
    }

    @Override
    public void writeNumber(double value) throws IOException {
        long whole = (long) value;
        if (decimals != null) {
            delegate.writeNumber(value);
        } else if (whole == value && Math.abs(value) < EXACT && (whole != 0 || 1 / value > 0)) {
            delegate.writeNumber(whole);
        } else if (Math.abs(value) >= EXACT && !Double.isInfinite(value)) {
            large(value);
        } else {
            delegate.writeNumber(value);
        }
    }

    private void large(double value) throws IOException {
        BigDecimal shortest = new BigDecimal(NumberOutput.toString(value, true)).stripTrailingZeros();
        if (shortest.scale() <= 0 && -shortest.scale() <= MOST_ZEROS) {
            delegate.writeNumber(shortest.toBigIntegerExact());
        } else {
            delegate.writeNumber(value);
        }
    }

    @Override
    public void writeNumber(float value) throws IOException {
        if (decimals == null && value == Math.rint(value)) {
            writeNumber(Double.parseDouble(NumberOutput.toString(value, true))); // by its own digits: a double would show more
        } else {
            delegate.writeNumber(value);
        }
    }

    @Override
    public void writeArray(double[] array, int offset, int length) throws IOException {
        writeStartArray(array, length);
        for (int i = offset; i < offset + length; i++) {
            writeNumber(array[i]);
        }
        writeEndArray();
    }

    @Override
    public void writeNumber(BigDecimal value) throws IOException {
        if (value == null || decimals == null || isKept(value) || value.precision() > CanonicalTokens.MAX_NUMBER) {
            delegate.writeNumber(value);
        } else {
            text(value);
        }
    }

    @Override
    public void writeNumber(BigInteger value) throws IOException {
        if (value == null || decimals == null || !hasManyZeros(value)) {
            delegate.writeNumber(value);
        } else {
            text(value);
        }
    }

    private void text(Number value) throws IOException {
        delegate.writeString(value.toString());
        decimals.add(delegate.getOutputContext().pathAsPointer().toString());
    }

    /** {@return whether it ends with more zeros in decimal than a reader takes for those of an integer} */
    private static boolean hasManyZeros(BigInteger value) {
        return value.getLowestSetBit() > MOST_ZEROS && value.remainder(TOO_ROUND).signum() == 0
                && value.abs().compareTo(TOO_LONG) < 0;
    }

    /** {@return whether a reader that knows doubles and longs only has the same decimal, and writes it the same} */
    private static boolean isKept(BigDecimal value) {
        if (value.scale() == 0) {
            return value.unscaledValue().bitLength() < Long.SIZE;
        }
        String text = value.toString();
        return value.scale() > 0 && text.charAt(text.length() - 1) != '0' && text.equals(Double.toString(value.doubleValue()));
    }

    public void writeDecimals() throws IOException {
        if (!decimals.isEmpty()) {
            delegate.writeFieldName(Decimals.MEMBER);
            delegate.writeStartArray();
            for (String place : decimals) {
                delegate.writeString(place);
            }
            delegate.writeEndArray();
        }
    }
}
