package dev.pocketflow.internal.json;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;

import dev.pocketflow.internal.LogText;
import dev.pocketflow.internal.Texts;

/**
 * The only reader of JSON as maps, lists and plain values. It reads events, envelopes and signals. No number loses a digit (see
 * {@link JsonNumbers}). Half of a surrogate pair and invalid UTF-8 are refused.
 */
public final class JsonValues {

    private static final VarHandle EIGHT_BYTES = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    /** The first byte in UTF-8 of U+D000 to U+DFFF, which includes the surrogates. */
    private static final int FIRST_BYTE = 0xED;

    private final JsonParser json;
    private final boolean mayBeCut;
    private final boolean scaled;
    private JsonNumbers numbers; // created for the first number that is not an int or a long
    private String member; // the current one of the outermost object

    private JsonValues(JsonParser json, boolean mayBeCut, boolean scaled) {
        this.json = json;
        this.mayBeCut = mayBeCut;
        this.scaled = scaled;
    }

    /**
     * Reads a whole document.
     *
     * @throws com.fasterxml.jackson.core.JsonProcessingException if it is empty, is not JSON, or has more content after the
     *         JSON
     * @throws StreamConstraintsException if it exceeds the factory's limits, or has a value that no envelope can hold; the
     *         message names the member, and quotes no value
     */
    public static Object read(JsonFactory factory, byte[] json) throws IOException {
        return read(factory, json, false);
    }

    /**
     * Reads a whole document as {@link #read} does, with one difference. A number with a fraction or an exponent is a
     * {@code BigDecimal} of the scale it is written with. Minus zero is a {@code Double}.
     */
    public static Object readScaled(JsonFactory factory, byte[] json) throws IOException {
        return read(factory, json, true);
    }

    private static Object read(JsonFactory factory, byte[] json, boolean scaled) throws IOException {
        try (JsonParser parser = factory.createParser(json)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new JsonParseException(parser, "there is no JSON");
            }
            Object value = new JsonValues(parser, mayBeCut(json), scaled).value(first, 0);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "there is something behind the JSON");
            }
            return value;
        }
    }

    /**
     * {@return whether the text may have half of a surrogate pair: as an escape, as bytes, or because it is not UTF-8} Checks
     * eight bytes at a time.
     *
     * @throws JsonParseException if a character is not encoded as UTF-8 requires, which Jackson does not check
     */
    private static boolean mayBeCut(byte[] json) throws JsonParseException {
        if (json.length > 1 && (json[0] == 0 || json[1] == 0 || json[0] < 0)) {
            return true; // UTF-16 or UTF-32
        }
        boolean found = false;
        int i = 0;
        for (; i + Long.BYTES <= json.length; i += Long.BYTES) {
            long bytes = (long) EIGHT_BYTES.get(json, i);
            long backslash = bytes ^ ONES * '\\';
            // the highest bit of each byte that is a backslash, or not ASCII
            if (((backslash - ONES & ~backslash | bytes) & ONES << 7) != 0) {
                found |= mayBeCut(json, i, i + Long.BYTES);
            }
        }
        return found | mayBeCut(json, i, json.length);
    }

    private static boolean mayBeCut(byte[] json, int from, int to) throws JsonParseException {
        boolean found = false;
        for (int i = from; i < to; i++) {
            if (json[i] < 0) {
                found |= json[i] == (byte) FIRST_BYTE;
                if (isNoUtf8(json[i] & 0xFF, i + 1 < json.length ? json[i + 1] & 0xFF : 0)) {
                    throw new JsonParseException(null, "there is no UTF-8");
                }
            } else {
                found |= json[i] == '\\' && i + 2 < json.length && json[i + 1] == 'u' && (json[i + 2] | 0x20) == 'd';
            }
        }
        return found;
    }

    /** {@return whether a character begins that has an overlong encoding, or is beyond Unicode} @param byte1 is not ASCII */
    private static boolean isNoUtf8(int byte1, int byte2) {
        return switch (byte1) {
            case 0xE0 -> byte2 < 0xA0;
            case 0xF0 -> byte2 < 0x90;
            case 0xF4 -> byte2 > 0x8F;
            default -> byte1 == 0xC0 || byte1 == 0xC1 || byte1 > 0xF4;
        };
    }

    private Object value(JsonToken token, int depth) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(depth + 1);
            case START_ARRAY -> array(depth + 1);
            case VALUE_STRING -> text(json.getText());
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            default -> throw new JsonParseException(json, "there is no value");
        };
    }

    private Map<String, Object> object(int depth) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            if (depth == 1) {
                member = name;
            }
            text(name);
            object.put(name, value(json.nextToken(), depth));
        }
        return object;
    }

    private List<Object> array(int depth) throws IOException {
        List<Object> array = new ArrayList<>();
        for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
            array.add(value(next, depth));
        }
        return array;
    }

    private String text(String text) throws StreamConstraintsException {
        if (mayBeCut && Texts.isCut(text)) {
            throw new StreamConstraintsException((member == null ? "it" : "the member '" + LogText.of(member) + "'")
                    + " has half of a surrogate pair, which is no character. Cut texts between characters",
                    json.currentLocation());
        }
        return text;
    }

    private Number integer() throws IOException {
        return switch (json.getNumberType()) {
            case INT -> json.getIntValue();
            case LONG -> json.getLongValue();
            default -> number();
        };
    }

    private Number number() throws IOException {
        if (numbers == null) {
            numbers = new JsonNumbers();
        }
        Number number = numbers.read(json);
        if (!scaled || number instanceof Double zero && zero == 0) {
            return number;
        }
        return json.currentToken() == JsonToken.VALUE_NUMBER_INT ? json.getBigIntegerValue() : scaled(json.getDecimalValue());
    }

    /** {@return an integer if the number is going to be written as one: 1.6777216E7 as a decimal is 16777216} */
    private static Number scaled(BigDecimal number) {
        BigInteger digits = number.unscaledValue();
        if (number.scale() != 0) {
            return number;
        } else if (digits.bitLength() < Integer.SIZE) {
            return digits.intValue();
        }
        return digits.bitLength() < Long.SIZE ? (Number) digits.longValue() : digits;
    }
}
