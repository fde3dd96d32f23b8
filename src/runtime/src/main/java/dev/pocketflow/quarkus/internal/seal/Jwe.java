package dev.pocketflow.quarkus.internal.seal;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;

import org.jose4j.jwe.ContentEncryptionParts;
import org.jose4j.lang.JoseException;

import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;
import dev.pocketflow.quarkus.internal.json.Base64Url;
import dev.pocketflow.quarkus.internal.json.BoundedInflater;

/**
 * A JWE in compact form (RFC 7516): dir, A256GCM, compressed. Its header has one form, which is compared and not interpreted.
 * Its typ states the purpose of the encryption: opened for another purpose, the JWE is refused.
 */
final class Jwe {

    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9 ./:+_-]{1,200}");
    private static final Pattern HEADER = Pattern.compile(
            "\\{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"zip\":\"DEF\",\"kid\":\"(" + SealKeys.KID + ")\",\"typ\":\"(" + TYPE
                    + ")\"}");
    private static final int PARTS = 5;
    private static final int IV_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private Jwe() {
    }

    static String encrypt(SymmetricKey key, String type, byte[] plain) {
        if (!TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException("not a purpose of an encryption: '" + type + "'");
        }
        String header = Base64Url.encode(("{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"zip\":\"DEF\",\"kid\":\"" + key.kid
                + "\",\"typ\":\"" + type + "\"}").getBytes(StandardCharsets.US_ASCII));
        ContentEncryptionParts parts = key.encrypt(BoundedInflater.compress(plain), ascii(header));
        return header + ".." + Base64Url.encode(parts.getIv()) + '.' + Base64Url.encode(parts.getCiphertext()) + '.'
                + Base64Url.encode(parts.getAuthenticationTag());
    }

    /**
     * A decrypted text.
     *
     * @param key the key that encrypted it
     */
    record Plain(SealKey key, byte[] bytes) {
    }

    /**
     * @throws EnvelopeRefused if {@link #encrypt} did not make the JWE with one of the keys and this type, or if it is too
     *         large
     */
    static Plain decrypt(SealKeys keys, String type, String jwe, int maxBytes) {
        String[] parts = jwe.split("\\.", PARTS + 1);
        byte[] header = parts.length == PARTS && parts[1].isEmpty() ? Base64Url.decode(parts[0]) : null;
        Matcher ours = header == null ? null : HEADER.matcher(new String(header, StandardCharsets.ISO_8859_1));
        if (ours == null || !ours.matches()) {
            throw refused(type, "not from PocketFlow: it must be a JWE with alg, enc, zip, kid and typ in its header");
        }
        if (!ours.group(2).equals(type)) {
            throw refused(type, "encrypted for another purpose");
        }
        SealKey key = keys.find(ours.group(1));
        return new Plain(key, decompress(decrypt(key, type, parts), type, maxBytes));
    }

    private static byte[] decrypt(SealKey key, String type, String[] parts) {
        byte[] iv = Base64Url.decode(parts[2]);
        byte[] text = Base64Url.decode(parts[3]);
        byte[] tag = Base64Url.decode(parts[4]);
        if (iv == null || text == null || tag == null || iv.length != IV_BYTES || tag.length != TAG_BYTES) {
            throw refused(type, "not a JWE");
        }
        if (!(key instanceof SymmetricKey symmetric)) {
            throw refused(type, "not from PocketFlow: the key '" + key.kid + "' only signs");
        }
        try {
            return symmetric.decrypt(new ContentEncryptionParts(iv, text, tag), ascii(parts[0]));
        } catch (JoseException e) {
            throw refused(type, "changed after it was encrypted, or the key '" + key.kid + "' has another value here");
        }
    }

    private static byte[] decompress(byte[] compressed, String type, int maxBytes) {
        try {
            byte[] plain = BoundedInflater.decompress(compressed, maxBytes);
            if (plain == null) {
                throw new EnvelopeRefused(Reason.TOO_LARGE, "what was encrypted as '" + type + "' has more than " + maxBytes
                        + " bytes. Put less into the store, or raise quarkus.pocketflow.envelope.max-bytes");
            }
            return plain;
        } catch (DataFormatException e) {
            throw refused(type, "not compressed as its header states");
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static EnvelopeRefused refused(String type, String why) {
        return new EnvelopeRefused(Reason.BAD_SEAL,
                "what should have been encrypted as '" + type + "' is " + why + ". Send the envelope as it was handed over");
    }
}
