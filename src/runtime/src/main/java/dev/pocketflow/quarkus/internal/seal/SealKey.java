package dev.pocketflow.quarkus.internal.seal;

import org.jose4j.lang.JoseException;

/**
 * A configured key. Its type alone decides its operations; an envelope's own header never does. It is not a record and has no
 * {@code toString}, so that nothing prints it. Thread-safe.
 */
abstract sealed class SealKey permits SymmetricKey, Ed25519Key {

    /** The purposes of a key. */
    enum Use {
        /** Seals and secrets. */
        BOTH,
        /** Seals alone. */
        SEALS,
        /** Secrets and claim checks alone. */
        SECRETS
    }

    final String kid;
    final Use use;

    SealKey(String kid, Use use) {
        this.kid = kid;
        this.use = use;
    }

    /** {@return the algorithm of its signatures, as the header of a JWS names it} */
    abstract String algorithm();

    /** {@return whether it signs; a key that does not sign may still verify} */
    abstract boolean signs();

    /** {@return whether it encrypts and decrypts} */
    abstract boolean encrypts();

    final byte[] sign(byte[] input) {
        try {
            return signature(input);
        } catch (JoseException e) {
            throw new IllegalStateException("cannot seal with the key '" + kid + "'", e);
        }
    }

    final boolean verifies(byte[] signature, byte[] input) {
        try {
            return fits(signature, input);
        } catch (JoseException e) {
            throw new IllegalStateException("cannot verify with the key '" + kid + "'", e);
        }
    }

    abstract byte[] signature(byte[] input) throws JoseException;

    abstract boolean fits(byte[] signature, byte[] input) throws JoseException;
}
