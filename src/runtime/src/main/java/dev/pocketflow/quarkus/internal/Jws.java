package dev.pocketflow.quarkus.internal;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;

/**
 * A detached JWS in compact form, whose payload is not encoded (RFC 7515, appendix F, and RFC 7797). Of its header there is one
 * form, which is compared and not interpreted.
 */
final class Jws {

    private static final Pattern HEADER = Pattern
            .compile("\\{\"alg\":\"([A-Za-z0-9]+)\",\"kid\":\"(" + SealKeys.KID + ")\",\"b64\":false,\"crit\":\\[\"b64\"]}");

    private Jws() {
    }

    static String sign(SealKey key, Canonical payload) {
        String header = Base64Urls.encode(("{\"alg\":\"" + key.algorithm() + "\",\"kid\":\"" + key.kid
                + "\",\"b64\":false,\"crit\":[\"b64\"]}").getBytes(StandardCharsets.US_ASCII));
        return header + ".." + Base64Urls.encode(key.sign(payload.after(header + ".")));
    }

    /** @throws EnvelopeRefused if the JWS is not that of the payload, by one of the keys */
    static void verify(SealKeys keys, String jws, Canonical payload) {
        int dots = jws.indexOf("..");
        byte[] header = dots < 0 ? null : Base64Urls.decode(jws.substring(0, dots));
        byte[] signature = dots < 0 ? null : Base64Urls.decode(jws.substring(dots + 2));
        Matcher ours = header == null ? null : HEADER.matcher(new String(header, StandardCharsets.ISO_8859_1));
        if (signature == null || ours == null || !ours.matches()) {
            throw refused("is none of ours: a detached JWS with alg, kid, b64 and crit in its header");
        }
        SealKey key = keys.findSealing(ours.group(2));
        if (!key.algorithm().equals(ours.group(1))) {
            throw refused("names another algorithm than that of the key '" + key.kid + "', which is " + key.algorithm());
        }
        if (!key.verifies(signature, payload.after(jws.substring(0, dots + 1)))) {
            throw refused("does not fit: the envelope was changed after it was sealed, or the key '" + key.kid
                    + "' is another one here");
        }
    }

    private static EnvelopeRefused refused(String why) {
        return new EnvelopeRefused(Reason.BAD_SEAL, "the envelope's seal " + why + ". Send the envelope as it was handed over");
    }
}
