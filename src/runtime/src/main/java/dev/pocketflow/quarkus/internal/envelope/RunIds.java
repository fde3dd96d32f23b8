package dev.pocketflow.quarkus.internal.envelope;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.regex.Pattern;

import dev.pocketflow.quarkus.internal.cloudevent.EventIdentity;
import dev.pocketflow.quarkus.internal.json.Sha256;

/** Makes the ULID of a run from the event that starts it. Each delivery of the event gives the same ULID. */
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
     * @throws IllegalArgumentException if it is no ULID: it becomes a part of references and log lines
     */
    static String checked(String run) {
        if (!is(run)) {
            throw new IllegalArgumentException("the envelope.run is no ULID");
        }
        return run;
    }

    /**
     * {@return 128 bits of a digest} A ULID's time is not used: no time is the same in each delivery of an event.
     *
     * @param event the digest of the event's data; empty for the run that all events of this identity share
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
