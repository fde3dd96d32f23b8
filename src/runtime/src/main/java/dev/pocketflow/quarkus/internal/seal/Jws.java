package dev.pocketflow.quarkus.internal.seal;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;
import dev.pocketflow.quarkus.internal.json.Base64Url;
import dev.pocketflow.quarkus.internal.json.CanonicalJson;

/**
 * A detached JWS in compact form, whose payload is not encoded (RFC 7515, appendix F, and RFC 7797). Its header has one form,
 * which is compared and not interpreted.
 */
final class Jws {

    private static final Pattern HEADER = Pattern
            .compile("\\{\"alg\":\"([A-Za-z0-9]+)\",\"kid\":\"(" + SealKeys.KID + ")\",\"b64\":false,\"crit\":\\[\"b64\"]}");

    /** The key in the header of a token; the rest of the header is compared. */
    private static final Pattern KID = Pattern
            .compile("\\{\"alg\":\"[A-Za-z0-9]+\",\"kid\":\"(" + SealKeys.KID + ")\",\"typ\":\"[a-z ]{1,60}\"}");

    private Jws() {
    }

    static String sign(SealKey key, CanonicalJson payload) {
        String header = Base64Url.encode(("{\"alg\":\"" + key.algorithm() + "\",\"kid\":\"" + key.kid
                + "\",\"b64\":false,\"crit\":[\"b64\"]}").getBytes(StandardCharsets.US_ASCII));
        return header + ".." + Base64Url.encode(key.sign(payload.after(header + ".")));
    }

    /** @throws EnvelopeRefused if none of the keys signed the payload with this JWS */
    static void verify(SealKeys keys, String jws, CanonicalJson payload) {
        int dots = jws.indexOf("..");
        byte[] header = dots < 0 ? null : Base64Url.decode(jws.substring(0, dots));
        byte[] signature = dots < 0 ? null : Base64Url.decode(jws.substring(dots + 2));
        Matcher ours = header == null ? null : HEADER.matcher(new String(header, StandardCharsets.ISO_8859_1));
        if (signature == null || ours == null || !ours.matches()) {
            throw refused("is not from PocketFlow: it must be a detached JWS with alg, kid, b64 and crit in its header");
        }
        SealKey key = keys.findSealing(ours.group(2));
        if (!key.algorithm().equals(ours.group(1))) {
            throw refused("names another algorithm than the key '" + key.kid + "', which is " + key.algorithm());
        }
        if (!key.verifies(signature, payload.after(jws.substring(0, dots + 1)))) {
            throw refused("does not match: the envelope was changed after it was sealed, or the key '" + key.kid
                    + "' has another value here");
        }
    }

    /** {@return a JWS in compact form that contains its payload, of a type that no envelope has} */
    static String compact(SealKey key, String type, String payload) {
        String input = Base64Url.encode(ascii(header(key, type))) + "." + Base64Url.encode(ascii(payload));
        return input + "." + Base64Url.encode(key.sign(ascii(input)));
    }

    /**
     * {@return the payload of a JWS that {@link #compact} made}
     *
     * @throws EnvelopeRefused if it has another type, was changed, or was signed by an unknown key
     */
    static String text(SealKeys keys, String type, String jws) {
        String[] parts = jws.split("\\.", 4);
        byte[] header = parts.length == 3 ? Base64Url.decode(parts[0]) : null;
        byte[] payload = parts.length == 3 ? Base64Url.decode(parts[1]) : null;
        byte[] signature = parts.length == 3 ? Base64Url.decode(parts[2]) : null;
        Matcher kid = header == null ? null : KID.matcher(new String(header, StandardCharsets.ISO_8859_1));
        if (payload == null || signature == null || kid == null || !kid.matches()) {
            throw new EnvelopeRefused(Reason.MALFORMED,
                    "this is not a token of the type '" + type + "'. Send the token unchanged, as in the answer");
        }
        SealKey key = keys.findSealing(kid.group(1));
        if (!new String(header, StandardCharsets.ISO_8859_1).equals(header(key, type))
                || !key.verifies(signature, ascii(parts[0] + "." + parts[1]))) {
            throw new EnvelopeRefused(Reason.BAD_SEAL,
                    "the token is not of the type '" + type + "', was changed, or was made with "
                            + "another key '" + key.kid + "'. Send the token unchanged, as in the answer");
        }
        return new String(payload, StandardCharsets.US_ASCII);
    }

    private static String header(SealKey key, String type) {
        return "{\"alg\":\"" + key.algorithm() + "\",\"kid\":\"" + key.kid + "\",\"typ\":\"" + type + "\"}";
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static EnvelopeRefused refused(String why) {
        return new EnvelopeRefused(Reason.BAD_SEAL, "the envelope's seal " + why + ". Send the envelope as it was handed over");
    }
}
