package dev.pocketflow.quarkus.internal.seal;

import java.security.PrivateKey;
import java.security.PublicKey;

import org.jose4j.jca.ProviderContext;
import org.jose4j.jws.EdDsaAlgorithm;
import org.jose4j.keys.EdDsaKeyUtil;
import org.jose4j.lang.JoseException;

/** A key pair, or the public half of one. */
final class Ed25519Key extends SealKey {

    static final String CURVE = EdDsaKeyUtil.ED25519;
    static final int BYTES = 32;

    private final EdDsaAlgorithm edDsa = new EdDsaAlgorithm();
    private final ProviderContext providers = new ProviderContext();
    private final PublicKey verifying;
    private final PrivateKey signing;

    /**
     * @param d the private half; null without one
     * @throws JoseException if they are not points of the curve, or are not a pair
     */
    Ed25519Key(String kid, byte[] x, byte[] d) throws JoseException {
        super(kid, Use.SEALS);
        EdDsaKeyUtil keys = new EdDsaKeyUtil();
        verifying = keys.publicKey(x, CURVE);
        signing = d == null ? null : keys.privateKey(d, CURVE);
        byte[] probe = new byte[1];
        boolean pair = fits(signing == null ? new byte[2 * BYTES] : signature(probe), probe);
        if (signing != null && !pair) {
            throw new JoseException("d and x are not a pair");
        }
    }

    @Override
    String algorithm() {
        return edDsa.getAlgorithmIdentifier();
    }

    @Override
    boolean signs() {
        return signing != null;
    }

    @Override
    boolean encrypts() {
        return false;
    }

    @Override
    byte[] signature(byte[] input) throws JoseException {
        return edDsa.sign(edDsa.prepareForSign(signing, providers), input);
    }

    @Override
    boolean fits(byte[] signature, byte[] input) throws JoseException {
        return edDsa.verifySignature(signature, verifying, input, providers);
    }
}
