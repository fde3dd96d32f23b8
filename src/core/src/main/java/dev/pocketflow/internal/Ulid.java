package dev.pocketflow.internal;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Run identities: 48 bits of milliseconds and 80 random bits, as 26 letters that sort by time (github.com/ulid/spec). */
public final class Ulid {

    private static final char[] LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();

    private Ulid() {
    }

    /** {@return an identity for a run that does not leave this process} It is cheap. */
    public static String next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return of(random.nextLong(), random.nextLong());
    }

    /**
     * {@return an identity for a run that others know by it} Its random bits do not come from the memory of this process.
     * Processes that are restored from one snapshot therefore make different identities, as
     * <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-uniqueness.html">SnapStart</a> requires.
     */
    public static String unique() {
        UUID random = UUID.randomUUID();
        return of(random.getMostSignificantBits() >>> 16, random.getLeastSignificantBits()); // without the version's bits
    }

    /** @param high random in its lowest 40 bits, as {@code low} is */
    private static String of(long high, long low) {
        char[] text = new char[26];
        write(text, 0, 10, System.currentTimeMillis());
        write(text, 10, 18, high);
        write(text, 18, 26, low);
        return new String(text);
    }

    private static void write(char[] text, int from, int to, long bits) {
        for (int i = to - 1; i >= from; i--, bits >>>= 5) {
            text[i] = LETTERS[(int) bits & 31];
        }
    }
}
