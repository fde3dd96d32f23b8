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
 * Writes the values of a run into an envelope or an answer. The answer is the same with and without a hop:
 * <ul>
 * <li>A double that is a whole number is an integer in an answer. The reader of an envelope does not separate 5.0 from 5.</li>
 * <li>A decimal is a number in an answer. In an envelope it is a text if a reader would change its digits or its scale. The
 * member {@value Decimals#MEMBER} lists the places of such texts. The same holds for an integer that a reader does not read as
 * an integer.</li>
 * </ul>
 */
public final class ValueGenerator extends JsonGeneratorDelegate {

    /** A larger whole number may have digits that its shortest form lacks. */
    private static final double EXACT = 1e15;
    /** The most trailing zeros with which a reader still reads an integer. */
    private static final int MOST_ZEROS = 80;
    private static final BigInteger TOO_ROUND = BigInteger.TEN.pow(MOST_ZEROS + 1);
    /** A number of more digits remains a number, so that it is refused. */
    private static final BigInteger TOO_LONG = BigInteger.TEN.pow(CanonicalTokens.MAX_NUMBER);

    private final List<String> decimals; // null in an answer

    private ValueGenerator(JsonGenerator target, List<String> decimals) {
        super(target, false);
        this.decimals = decimals;
    }

    public static ValueGenerator ofAnswer(JsonGenerator target) {
        return new ValueGenerator(target, null);
    }

    /**
     * Makes a generator for an envelope. Its user must call {@link #writeDecimals()} last, in the object that holds the target.
     */
    public static ValueGenerator ofEnvelope(JsonGenerator target) {
        return new ValueGenerator(target, new ArrayList<>());
    }

    /** Lets serializers write a part of a value by the codec: some of our factories have none. */
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
            writeNumber(Double.parseDouble(NumberOutput.toString(value, true))); // a double would show more digits
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

    /** {@return whether it ends with more decimal zeros than a reader accepts in an integer} */
    private static boolean hasManyZeros(BigInteger value) {
        return value.getLowestSetBit() > MOST_ZEROS && value.remainder(TOO_ROUND).signum() == 0
                && value.abs().compareTo(TOO_LONG) < 0;
    }

    /** {@return whether a reader that knows doubles and longs only reads and writes the same decimal} */
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
