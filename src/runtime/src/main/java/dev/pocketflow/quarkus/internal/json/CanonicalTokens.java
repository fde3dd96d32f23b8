package dev.pocketflow.quarkus.internal.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.StreamReadConstraints;

import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;

/**
 * The tokens of JSON (<a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>, nothing more), each in canonical form.
 * Input that is canonical already is copied in one piece when something else follows. Nearly all that PocketFlow writes is
 * canonical.
 */
public class CanonicalTokens {

    /** Jackson's own default, which also limits the readers of an envelope. */
    public static final int MAX_NUMBER = StreamReadConstraints.DEFAULT_MAX_NUM_LEN;
    public static final String HALF_A_PAIR = "half a surrogate pair";
    /** The most digits that {@link CanonicalNumber} leaves unchanged. */
    private static final int MAX_DIGITS = 21;
    private static final int MAX_ZEROS = 5;

    static final VarHandle EIGHT_BYTES = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;

    final byte[] json;
    final CanonicalBytes out;
    int at;
    /** The end of the copied part. The bytes from here to {@link #at} are canonical and not yet copied. */
    private int copied;
    /** The bitwise OR of all bytes of strings, and a few behind them. */
    private long seen;
    private final CanonicalNumber number = new CanonicalNumber();

    CanonicalTokens(byte[] json) {
        this.json = json;
        this.out = new CanonicalBytes(json.length + 16);
    }

    /**
     * {@return whether all strings so far were ASCII without escapes for other characters; outside of strings JSON is ASCII}
     */
    final boolean isAscii() {
        return isAscii(seen);
    }

    static boolean isAscii(long bytes) {
        return (bytes & ONES << 7) == 0;
    }

    /** The position in the output once all is copied. */
    final int position() {
        return out.size() + at - copied;
    }

    /** Copies the input up to the current position. */
    final void keep() {
        keep(at);
    }

    private void keep(int to) {
        out.bytes(json, copied, to);
        copied = to;
    }

    /** Leaves out the input since the last {@link #keep}. */
    final void skip() {
        copied = at;
    }

    /** {@return the next byte; 0 at the end, which no token contains} */
    final byte peek() {
        return at < json.length ? json[at] : 0;
    }

    final void expect(char token) {
        if (peek() != token) {
            throw noJson();
        }
        at++;
    }

    final void space() {
        if (peek() <= ' ' && isSpace(peek())) {
            leaveSpace();
        }
    }

    private void leaveSpace() {
        keep();
        while (isSpace(peek())) {
            at++;
        }
        skip();
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    final void literal(String text) {
        for (int i = 0; i < text.length(); i++) {
            expect(text.charAt(i));
        }
    }

    /** {@return whether the string had an escape} */
    final boolean string() {
        int start = at;
        expect('"');
        at = plain(at);
        if (peek() == '\\') {
            escapes(start);
            return true;
        }
        expect('"');
        return false;
    }

    private void escapes(int start) {
        for (; peek() == '\\'; at = plain(at + 2)) {
            if (at + 1 == json.length || "btnfr\"\\".indexOf(json[at + 1]) < 0) {
                keep(start);
                check(out.string(text(start)), HALF_A_PAIR);
                skip();
                return;
            }
        }
        expect('"');
    }

    /** Reads a string again, from its beginning to its end. */
    final String text(int start) {
        StringBuilder text = new StringBuilder();
        at = start + 1;
        while (true) {
            int from = at;
            at = plain(at);
            text.append(new String(json, from, at - from, StandardCharsets.UTF_8));
            if (peek() != '\\') {
                expect('"');
                return text.toString();
            }
            at++;
            text.append(escaped());
        }
    }

    private char escaped() {
        byte b = peek();
        at++;
        return switch (b) {
            case '"', '\\', '/' -> (char) b;
            case 'b' -> '\b';
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'f' -> '\f';
            case 'r' -> '\r';
            case 'u' -> hexadecimal();
            default -> throw noJson();
        };
    }

    private char hexadecimal() {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            int digit = peek() < 0 ? -1 : Character.digit(peek(), 16);
            if (digit < 0) {
                throw noJson();
            }
            unit = unit << 4 | digit;
            at++;
        }
        return (char) unit;
    }

    /** {@return the position of the next quote, backslash or control character, or the end; eight bytes are checked at once} */
    private int plain(int from) {
        int i = from;
        for (; i + Long.BYTES <= json.length; i += Long.BYTES) {
            long bytes = (long) EIGHT_BYTES.get(json, i);
            seen |= bytes;
            long quote = bytes ^ ONES * '"';
            long backslash = bytes ^ ONES * '\\';
            // the highest bit of each byte that is 0, 0, less than a space; the first that is set is right
            long found = (quote - ONES & ~quote | backslash - ONES & ~backslash | bytes - ONES * ' ' & ~bytes) & ONES << 7;
            if (found != 0) {
                return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        while (i < json.length && json[i] != '"' && json[i] != '\\' && (json[i] < 0 || json[i] >= ' ')) {
            seen |= json[i];
            i++;
        }
        return i;
    }

    final void number() {
        int start = at;
        at += peek() == '-' ? 1 : 0;
        int first = at;
        int whole = peek() == '0' ? zero() : digits();
        if (peek() != '.' && (peek() | 0x20) != 'e') {
            if (whole > MAX_DIGITS || json[start] == '-' && json[first] == '0') {
                write(start, whole, true);
            }
            return;
        }
        int fraction = 0;
        if (peek() == '.') {
            at++;
            fraction = digits();
        }
        int exponent = (peek() | 0x20) == 'e' ? exponent() : 0;
        if (exponent > 0 || json[at - 1] == '0' || whole + fraction > MAX_DIGITS
                || json[first] == '0' && zeros(first + 2) > MAX_ZEROS) {
            write(start, whole + fraction + exponent, false);
        }
    }

    private int zero() {
        at++;
        return 1;
    }

    private int digits() {
        int first = at;
        int i = first;
        while (i < json.length && json[i] >= '0' && json[i] <= '9') {
            i++;
        }
        at = i;
        if (i == first) {
            throw noJson();
        }
        return i - first;
    }

    private int exponent() {
        at++;
        at += peek() == '+' || peek() == '-' ? 1 : 0;
        return digits();
    }

    private int zeros(int from) {
        int i = from;
        while (json[i] == '0') {
            i++;
        }
        return i - from;
    }

    private void write(int start, int digits, boolean integer) {
        if (digits > MAX_NUMBER) {
            throw tooLong();
        }
        keep(start);
        char[] text = new String(json, start, at - start, StandardCharsets.ISO_8859_1).toCharArray();
        check(number.write(text, 0, text.length, integer, out), "a number with an exponent of more than five digits");
        skip();
    }

    private void check(boolean written, String otherwise) {
        if (!written) {
            throw malformed("not JSON that can be sealed: it has " + otherwise + ", before byte " + at);
        }
    }

    final EnvelopeRefused noJson() {
        return malformed("not JSON, at byte " + at);
    }

    final EnvelopeRefused tooLong() {
        return new EnvelopeRefused(Reason.TOO_LARGE,
                "the envelope has a number of more than " + MAX_NUMBER + " digits, or a name of more than "
                        + StreamReadConstraints.DEFAULT_MAX_NAME_LEN + " bytes. Put them into the store as strings");
    }

    static EnvelopeRefused malformed(String what) {
        return new EnvelopeRefused(Reason.MALFORMED, "the envelope is " + what);
    }
}
