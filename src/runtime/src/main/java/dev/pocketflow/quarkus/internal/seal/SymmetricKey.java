package dev.pocketflow.quarkus.internal.seal;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;

import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import org.jose4j.jca.ProviderContext;
import org.jose4j.jwe.AesGcmContentEncryptionAlgorithm;
import org.jose4j.jwe.ContentEncryptionParts;
import org.jose4j.jws.HmacUsingShaAlgorithm;
import org.jose4j.lang.JoseException;
import org.jose4j.mac.MacUtil;

/**
 * A secret, from which two keys are derived, one for HS256 and one for A256GCM. So no key is used for two purposes. Each is a
 * block of HKDF-Expand (RFC 5869, section 2.3) with its own label.
 */
final class SymmetricKey extends SealKey {

    static final int MIN_BYTES = 32;

    private static final HmacUsingShaAlgorithm HS256 = new HmacUsingShaAlgorithm.HmacSha256();
    private static final AesGcmContentEncryptionAlgorithm A256GCM = new AesGcmContentEncryptionAlgorithm.Aes256Gcm();

    private final ProviderContext providers = new ProviderContext();
    private final byte[] secret;
    private volatile Derived derived;

    private record Derived(SecretKey signing, byte[] encryption) {
    }

    SymmetricKey(String kid, byte[] secret, Use use) {
        super(kid, use);
        this.secret = secret;
    }

    /**
     * Derives the keys at their first use: most runs end in their first hop, and loading the classes takes milliseconds of a
     * start.
     */
    private Derived derived() {
        Derived keys = derived;
        if (keys == null) { // several threads may do it: the results are equal
            keys = new Derived(new SecretKeySpec(derive(secret, "pocketflow seal HS256"), MacUtil.HMAC_SHA256),
                    derive(secret, "pocketflow seal A256GCM"));
            derived = keys;
        }
        return keys;
    }

    private static byte[] derive(byte[] secret, String label) {
        try {
            Mac mac = MacUtil.getMac(MacUtil.HMAC_SHA256);
            mac.init(new SecretKeySpec(secret, MacUtil.HMAC_SHA256));
            mac.update(label.getBytes(StandardCharsets.US_ASCII));
            return mac.doFinal(new byte[] { 1 });
        } catch (JoseException | InvalidKeyException e) {
            throw new IllegalStateException("this Java has no HMAC with SHA-256", e);
        }
    }

    @Override
    String algorithm() {
        return HS256.getAlgorithmIdentifier();
    }

    @Override
    boolean signs() {
        return true;
    }

    @Override
    boolean encrypts() {
        return true;
    }

    @Override
    byte[] signature(byte[] input) throws JoseException {
        return HS256.sign(HS256.prepareForSign(derived().signing, providers), input);
    }

    @Override
    boolean fits(byte[] signature, byte[] input) throws JoseException {
        return HS256.verifySignature(signature, derived().signing, input, providers);
    }

    /** Encrypts with a random nonce of 96 bits. */
    ContentEncryptionParts encrypt(byte[] plain, byte[] header) {
        try {
            return A256GCM.encrypt(plain, header, derived().encryption, null, null, providers);
        } catch (JoseException e) {
            throw new IllegalStateException("cannot encrypt with the key '" + kid + "'", e);
        }
    }

    /** @throws JoseException if it was not encrypted with this key, or was changed */
    byte[] decrypt(ContentEncryptionParts parts, byte[] header) throws JoseException {
        return A256GCM.decrypt(parts, header, derived().encryption, null, providers);
    }
}
