package dev.pocketflow.internal;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
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

/**
 * The one reader of JSON as maps, lists and plain values: of events, envelopes and signals alike. No number loses a digit (see
 * {@link JsonNumbers}), and a text with half of a surrogate pair is refused.
 */
public final class JsonValues {

    private static final VarHandle EIGHT_BYTES = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    /** The first byte in UTF-8 of all from U+D000, surrogates among them. */
    private static final int FIRST_BYTE = 0xED;

    private final JsonParser json;
    private final boolean mayBeCut;
    private JsonNumbers numbers; // made for the first number that is no int or long
    private String member; // of the outermost object

    private JsonValues(JsonParser json, boolean mayBeCut) {
        this.json = json;
        this.mayBeCut = mayBeCut;
    }

    /**
     * Reads a whole document.
     *
     * @throws com.fasterxml.jackson.core.JsonProcessingException if it is no JSON, or nothing, or followed by something
     * @throws StreamConstraintsException if it is beyond the factory's limits, or holds what no envelope can; the message names
     *         the member, and quotes no value
     */
    public static Object read(JsonFactory factory, byte[] json) throws IOException {
        try (JsonParser parser = factory.createParser(json)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new JsonParseException(parser, "there is no JSON");
            }
            Object value = new JsonValues(parser, mayBeCut(json)).value(first, 0);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "there is something behind the JSON");
            }
            return value;
        }
    }

    /** {@return whether to look for half a surrogate pair: it is escaped, or no UTF-8. Eight bytes are looked at together} */
    private static boolean mayBeCut(byte[] json) {
        if (json.length > 1 && (json[0] == 0 || json[1] == 0 || json[0] < 0)) {
            return true; // UTF-16 or UTF-32
        }
        int i = 0;
        for (; i + Long.BYTES <= json.length; i += Long.BYTES) {
            long bytes = (long) EIGHT_BYTES.get(json, i);
            long backslash = bytes ^ ONES * '\\';
            // the highest bit of each byte that is a backslash, or not ASCII
            if (((backslash - ONES & ~backslash | bytes) & ONES << 7) != 0
                    && mayBeCut(json, i, i + Long.BYTES)) {
                return true;
            }
        }
        return mayBeCut(json, i, json.length);
    }

    private static boolean mayBeCut(byte[] json, int from, int to) {
        for (int i = from; i < to; i++) {
            if (json[i] == (byte) FIRST_BYTE
                    || json[i] == '\\' && i + 2 < json.length && json[i + 1] == 'u' && (json[i + 2] | 0x20) == 'd') {
                return true;
            }
        }
        return false;
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
            throw new StreamConstraintsException((member == null ? "it" : "the member '" + OneLine.of(member) + "'")
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
        return numbers.read(json);
    }
}
