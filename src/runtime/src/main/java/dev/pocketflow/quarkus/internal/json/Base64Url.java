package dev.pocketflow.quarkus.internal.json;

import java.util.Base64;

/** Base64url without padding, as in JOSE. It accepts only one text for the same bytes. */
public final class Base64Url {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private Base64Url() {
    }

    public static String encode(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    /** {@return the bytes; null if {@link #encode} never writes this text} */
    public static byte[] decode(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return encode(bytes).equals(text) ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
