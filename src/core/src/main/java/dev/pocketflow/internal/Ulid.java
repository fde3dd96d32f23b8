package dev.pocketflow.internal;

import java.util.concurrent.ThreadLocalRandom;

/** Run identities: 48 bits of milliseconds and 80 random bits, as 26 letters that sort by time (github.com/ulid/spec). */
public final class Ulid {

    private static final char[] LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();

    private Ulid() {
    }

    public static String next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        char[] text = new char[26];
        write(text, 0, 10, System.currentTimeMillis());
        write(text, 10, 18, random.nextLong());
        write(text, 18, 26, random.nextLong());
        return new String(text);
    }

    private static void write(char[] text, int from, int to, long bits) {
        for (int i = to - 1; i >= from; i--, bits >>>= 5) {
            text[i] = LETTERS[(int) bits & 31];
        }
    }
}
