package dev.pocketflow.quarkus.internal.envelope;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.regex.Pattern;

import dev.pocketflow.quarkus.internal.cloudevent.EventIdentity;
import dev.pocketflow.quarkus.internal.json.Sha256;

/** The ULID of a run that an event starts, which is the same whenever the event comes. */
public final class RunIds {

    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford's, as https://github.com/ulid/spec has it
    private static final Pattern ULID = Pattern.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}");

    private RunIds() {
    }

    public static boolean is(String run) {
        return ULID.matcher(run).matches();
    }

    /**
     * {@return the ULID}
     *
     * @throws IllegalArgumentException if it is none: it would become part of references and log lines
     */
    static String checked(String run) {
        if (!is(run)) {
            throw new IllegalArgumentException("the envelope.run is no ULID");
        }
        return run;
    }

    /**
     * {@return 128 bits of a digest: an event has no one time that would be in each of its deliveries}
     *
     * @param event the digest of the event's data; empty for what all events of this identity share
     */
    public static String of(String flow, EventIdentity identity, byte[] event) {
        BigInteger bits = new BigInteger(1, Arrays.copyOf(Sha256.sha256(identity.bytes(flow, event)), 16));
        char[] ulid = new char[26];
        for (int i = ulid.length - 1; i >= 0; i--) {
            ulid[i] = DIGITS.charAt(bits.intValue() & 31);
            bits = bits.shiftRight(5);
        }
        return new String(ulid);
    }
}
