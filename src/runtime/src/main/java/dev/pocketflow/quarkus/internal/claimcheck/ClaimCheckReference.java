package dev.pocketflow.quarkus.internal.claimcheck;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

import dev.pocketflow.quarkus.HandOverFailed;

/**
 * The reference to a part of a run at a claim check: {@code run/name}. The reader's own configuration gives the directory or
 * bucket, so a reference from an event cannot lead elsewhere.
 */
public final class ClaimCheckReference {

    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    private ClaimCheckReference() {
    }

    static String of(String run, String name) {
        return part(run) + "/" + part(name);
    }

    /** {@return the reference itself} @throws HandOverFailed if it is not valid */
    static String checked(String reference) {
        String[] parts = reference.split("/", -1);
        if (parts.length != 2) {
            throw none();
        }
        return of(parts[0], parts[1]);
    }

    /** {@return the run or the name itself} @throws HandOverFailed if it is not valid */
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

    /** Names no value: the reference came with an event. */
    private static HandOverFailed none() {
        return new HandOverFailed(
                "a claim check's reference is a run and a name of letters, digits, - and _, at most 128 of each, "
                        + "with a / between them. Send the envelope as it was handed over",
                null);
    }
}
