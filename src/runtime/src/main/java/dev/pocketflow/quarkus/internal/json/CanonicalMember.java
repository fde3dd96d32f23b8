package dev.pocketflow.quarkus.internal.json;

import java.util.Arrays;

/**
 * A member of an object: its name, in UTF-8 and without escapes, and its place in the output. The order is the order of the
 * names' UTF-16 code units. UTF-8 orders differently: there a surrogate pair follows all other characters.
 */
final class CanonicalMember implements Comparable<CanonicalMember> {

    int start;
    int end;
    private byte[] text;
    private int from;
    private int to;
    private long first;

    void name(byte[] text, int from, int to) {
        this.text = text;
        this.from = from;
        this.to = to;
        this.first = first(text, from, to);
    }

    /** {@return up to eight bytes as a number; for ASCII the numbers have the order of the texts, as far as they go} */
    private static long first(byte[] text, int from, int to) {
        if (to - from < Long.BYTES && from + Long.BYTES <= text.length) {
            return Long.reverseBytes((long) CanonicalTokens.EIGHT_BYTES.get(text, from)) & ~(-1L >>> Byte.SIZE * (to - from));
        }
        long first = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            first = first << Byte.SIZE | (from + i < to ? text[from + i] & 0xFF : 0);
        }
        return first;
    }

    boolean is(byte[] name) {
        return Arrays.equals(text, from, to, name, 0, name.length);
    }

    @Override
    public int compareTo(CanonicalMember other) {
        return first != other.first && CanonicalTokens.isAscii(first | other.first) ? Long.compare(first, other.first)
                : inFull(other);
    }

    private int inFull(CanonicalMember other) {
        int length = to - from;
        int otherLength = other.to - other.from;
        int at = 0;
        while (at < length && at < otherLength && text[from + at] == other.text[other.from + at]) {
            at++;
        }
        if (at == length || at == otherLength) {
            return length - otherLength;
        }
        int one = text[from + at] & 0xFF;
        int two = other.text[other.from + at] & 0xFF;
        boolean pair = one >= 0xF0 != two >= 0xF0;
        return pair && Math.min(one, two) >= 0xEE ? two - one : one - two;
    }
}
