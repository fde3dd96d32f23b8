package dev.pocketflow.quarkus.internal.claimcheck;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

import dev.pocketflow.quarkus.HandOverFailed;

/**
 * What a claim check calls what it keeps: {@code run/name}. The place, a directory or a bucket, is the reader's own: a
 * reference
 * that came with an event leads nowhere else.
 */
public final class ClaimCheckReference {

    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    private ClaimCheckReference() {
    }

    static String of(String run, String name) {
        return part(run) + "/" + part(name);
    }

    /** {@return the reference itself} @throws HandOverFailed if it is none */
    static String checked(String reference) {
        String[] parts = reference.split("/", -1);
        if (parts.length != 2) {
            throw none();
        }
        return of(parts[0], parts[1]);
    }

    /** {@return the run, or the name, itself} @throws HandOverFailed if it is none */
    public static String part(String text) {
        if (!PART.matcher(text).matches()) {
            throw none();
        }
        return text;
    }

    /** {@return all bytes, or null if there are more than so many} */
    static byte[] atMost(InputStream in, long most) throws IOException {
        int limit = (int) Math.min(most, Integer.MAX_VALUE - 16);
        byte[] body = in.readNBytes(limit);
        return in.read() == -1 ? body : null;
    }

    /** What came with an event is not printed. */
    private static HandOverFailed none() {
        return new HandOverFailed(
                "a claim check's reference is a run and a name of letters, digits, - and _, at most 128 of each, "
                        + "with a / between them. Send the envelope as it was handed over",
                null);
    }
}
