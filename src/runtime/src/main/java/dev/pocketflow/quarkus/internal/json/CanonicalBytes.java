package dev.pocketflow.quarkus.internal.json;

import java.util.Arrays;

/** A growing buffer of canonical JSON. RFC 8785, section 3.2.2.2, defines the form of strings. */
final class CanonicalBytes {

    private static final byte[] HEX = { '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f' };
    /** The character after the backslash; 0 for a character that is written as it is, 'u' for one without a short form. */
    private static final byte[] ESCAPES = new byte[128];

    static {
        Arrays.fill(ESCAPES, 0, ' ', (byte) 'u');
        ESCAPES['\b'] = 'b';
        ESCAPES['\t'] = 't';
        ESCAPES['\n'] = 'n';
        ESCAPES['\f'] = 'f';
        ESCAPES['\r'] = 'r';
        ESCAPES['"'] = '"';
        ESCAPES['\\'] = '\\';
    }

    private byte[] bytes;
    private int size;
    private char[] name = new char[64];

    CanonicalBytes(int expected) {
        bytes = new byte[expected];
    }

    int size() {
        return size;
    }

    /** {@return the written bytes; nothing may be added afterwards} */
    byte[] toArray() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    /** {@return the bytes from this position on, removed from here} */
    CanonicalBytes cut(int from) {
        CanonicalBytes end = new CanonicalBytes(size - from);
        copy(from, size, end);
        size = from;
        return end;
    }

    void truncate(int newSize) {
        size = newSize;
    }

    void copy(int from, int to, CanonicalBytes target) {
        target.bytes(bytes, from, to);
    }

    void bytes(byte[] source, int from, int to) {
        reserve(to - from);
        System.arraycopy(source, from, bytes, size, to - from);
        size += to - from;
    }

    void add(char ascii) {
        reserve(1);
        bytes[size++] = (byte) ascii;
    }

    void ascii(String text) {
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    void ascii(char[] text, int from, int to) {
        reserve(to - from);
        for (int i = from; i < to; i++) {
            bytes[size++] = (byte) text[i];
        }
    }

    void zeros(int count) {
        reserve(count);
        Arrays.fill(bytes, size, size += count, (byte) '0');
    }

    /** {@return whether the text was written: a text with half of a surrogate pair is not Unicode text} */
    boolean string(String text) {
        int length = text.length();
        if (length > name.length) {
            name = new char[length];
        }
        text.getChars(0, length, name, 0);
        return string(name, 0, length);
    }

    /** {@return whether the text was written: a text with half of a surrogate pair is not Unicode text} */
    boolean string(char[] text, int from, int length) {
        reserve(length + 2);
        byte[] target = bytes;
        int at = size;
        target[at++] = '"';
        int to = from + length;
        for (int i = from; i < to; i++) {
            char c = text[i];
            if (c < 128 && ESCAPES[c] == 0) {
                target[at++] = (byte) c;
                continue;
            }
            size = at;
            int units = special(text, i, to);
            if (units == 0) {
                return false;
            }
            i += units - 1;
            reserve(to - i + 1);
            target = bytes;
            at = size;
        }
        target[at++] = '"';
        size = at;
        return true;
    }

    /** {@return the number of UTF-16 code units written; 0 if they are not a character} */
    private int special(char[] text, int i, int to) {
        char c = text[i];
        reserve(6);
        if (c < 128) {
            escape(c);
            return 1;
        }
        if (!Character.isSurrogate(c)) {
            utf8(c);
            return 1;
        }
        if (Character.isLowSurrogate(c) || i + 1 == to || !Character.isLowSurrogate(text[i + 1])) {
            return 0;
        }
        utf8(Character.toCodePoint(c, text[i + 1]));
        return 2;
    }

    private void escape(char c) {
        bytes[size++] = '\\';
        bytes[size++] = ESCAPES[c];
        if (ESCAPES[c] == 'u') {
            bytes[size++] = '0';
            bytes[size++] = '0';
            bytes[size++] = HEX[c >> 4];
            bytes[size++] = HEX[c & 15];
        }
    }

    private void utf8(int c) {
        if (c < 0x800) {
            bytes[size++] = (byte) (0xC0 | c >> 6);
        } else {
            if (c < 0x10000) {
                bytes[size++] = (byte) (0xE0 | c >> 12);
            } else {
                bytes[size++] = (byte) (0xF0 | c >> 18);
                bytes[size++] = (byte) (0x80 | c >> 12 & 0x3F);
            }
            bytes[size++] = (byte) (0x80 | c >> 6 & 0x3F);
        }
        bytes[size++] = (byte) (0x80 | c & 0x3F);
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }
}
