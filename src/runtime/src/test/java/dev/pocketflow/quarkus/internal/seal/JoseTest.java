package dev.pocketflow.quarkus.internal.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.Key;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jose4j.base64url.Base64Url;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.AesKey;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.pocketflow.quarkus.EnvelopeRefused.Reason;
import dev.pocketflow.quarkus.internal.fixture.ConfigValues;

/** Our seals conform to the RFCs, as another reader sees them: the part of jose4j that we do not use. */
class JoseTest {

    private static final String ENVELOPE = "{\"b\":1.50,\"a\":\"é\"}";
    private static final String CANONICAL = "{\"a\":\"é\",\"b\":1.5}";
    private static final String HEADER = "{\"alg\":\"HS256\",\"kid\":\"k1\",\"b64\":false,\"crit\":[\"b64\"]}";

    private final Seal signed = new Seal(ConfigValues.signed(Map.of("k1", ConfigValues.K1)));
    private final Seal pair = new Seal(ConfigValues.signed(Map.of("k1", ConfigValues.PAIR)));

    private static byte[] derived(String label) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(ConfigValues.bytes(1), "HmacSHA256"));
        return mac.doFinal((label + "\u0001").getBytes(UTF_8));
    }

    private static String seal(Seal seal) {
        return new String(seal.close(ENVELOPE.getBytes(UTF_8)), UTF_8).replaceAll(".*\"seal\":\"|\"}", "");
    }

    private static JsonWebSignature jws(Key key) {
        JsonWebSignature jws = new JsonWebSignature();
        jws.setKey(key);
        return jws;
    }

    @Test
    void hs256_isVerifiedByOthers() throws Exception {
        JsonWebSignature jws = jws(new HmacKey(derived("pocketflow seal HS256")));
        jws.setCompactSerialization(seal(signed));
        jws.setPayload(CANONICAL);

        assertThat(jws.verifySignature()).isTrue();
        assertThat(jws.getHeaders().getFullHeaderAsJsonString()).isEqualTo(HEADER);
    }

    @Test
    void edDsa_isVerifiedByOthers() throws Exception {
        JsonWebSignature jws = jws(PublicJsonWebKey.Factory.newPublicJwk(ConfigValues.PUBLIC).getPublicKey());
        jws.setCompactSerialization(seal(pair));
        jws.setPayload(CANONICAL);

        assertThat(jws.verifySignature()).isTrue();
        assertThat(jws.getHeaders().getFullHeaderAsJsonString()).isEqualTo(HEADER.replace("HS256", "EdDSA"));
    }

    @Test
    void jwe_isDecryptedByOthers() throws Exception {
        JsonWebEncryption jwe = new JsonWebEncryption();
        jwe.setKey(new AesKey(derived("pocketflow seal A256GCM")));
        jwe.setCompactSerialization(signed.encrypt("secrets R", ENVELOPE.getBytes(UTF_8)));

        assertThat(jwe.getPlaintextString()).isEqualTo(ENVELOPE);
        assertThat(jwe.getHeaders().getFullHeaderAsJsonString()).isEqualTo(
                "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"zip\":\"DEF\",\"kid\":\"k1\",\"typ\":\"pocketflow data: secrets R\"}");
    }

    /** Everyone may know the public key, so it must not be a secret. */
    @Test
    void publicKeyAsASecret_isRefused() throws Exception {
        String forged = forge(HEADER, ConfigValues.publicKey());

        assertThat(SealTest.refused(pair, forged))
                .hasMessageContaining("names another algorithm than the key 'k1', which is EdDSA")
                .extracting("reason").isEqualTo(Reason.BAD_SEAL);
        assertThat(SealTest.refused(pair, forge(HEADER.replace("HS256", "EdDSA"), ConfigValues.publicKey())).reason())
                .isEqualTo(Reason.BAD_SEAL);
    }

    private static String forge(String header, byte[] key) throws Exception {
        String encoded = Base64Url.encodeUtf8ByteRepresentation(header);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        byte[] signature = mac.doFinal((encoded + "." + CANONICAL).getBytes(UTF_8));
        return ENVELOPE.replace("}", ",\"seal\":\"" + encoded + ".." + Base64Url.encode(signature) + "\"}");
    }

    @Test
    void correctHeader_isAccepted() throws Exception {
        String forged = forge(HEADER, derived("pocketflow seal HS256"));

        assertThat(signed.open(forged.getBytes(UTF_8))).asString(UTF_8).isEqualTo(forged);
    }

    /** The signature is right in each. */
    @ParameterizedTest
    @ValueSource(strings = { "{\"alg\":\"none\",\"kid\":\"k1\",\"b64\":false,\"crit\":[\"b64\"]}",
            "{\"alg\":\"HS512\",\"kid\":\"k1\",\"b64\":false,\"crit\":[\"b64\"]}",
            "{\"alg\":\"EdDSA\",\"kid\":\"k1\",\"b64\":false,\"crit\":[\"b64\"]}",
            "{\"alg\":\"HS256\",\"kid\":\"k1\",\"b64\":false,\"crit\":[]}", "{\"alg\":\"HS256\",\"kid\":\"k1\",\"b64\":false}",
            "{\"alg\":\"HS256\",\"kid\":\"k1\",\"b64\":true,\"crit\":[\"b64\"]}", "{\"alg\":\"HS256\",\"kid\":\"k1\"}",
            "{\"alg\":\"HS256\",\"kid\":\"k1\",\"b64\":false,\"crit\":[\"b64\",\"exp\"]}",
            "{\"alg\":\"HS256\",\"kid\":\"k1\",\"b64\":false,\"crit\":[\"b64\"],\"jwk\":{}}",
            "{\"kid\":\"k1\",\"alg\":\"HS256\",\"b64\":false,\"crit\":[\"b64\"]}",
            "{\"alg\":\"HS256\",\"b64\":false,\"crit\":[\"b64\"]}",
            " {\"alg\":\"HS256\",\"kid\":\"k1\",\"b64\":false,\"crit\":[\"b64\"]}", "{}", "" })
    void anyOtherHeader_isRefused(String header) throws Exception {
        assertThat(SealTest.refused(signed, forge(header, derived("pocketflow seal HS256"))).reason())
                .isEqualTo(Reason.BAD_SEAL);
    }

    @Test
    void emptySignature_isRefused() {
        String unsigned = Base64Url.encodeUtf8ByteRepresentation(HEADER) + "..";

        assertThat(SealTest.refused(signed, ENVELOPE.replace("}", ",\"seal\":\"" + unsigned + "\"}")).reason())
                .isEqualTo(Reason.BAD_SEAL);
        assertThat(SealTest.refused(pair, ENVELOPE.replace("}", ",\"seal\":\"" + Base64Url.encodeUtf8ByteRepresentation(
                HEADER.replace("HS256", "EdDSA")) + "..\"}")).reason()).isEqualTo(Reason.BAD_SEAL);
    }

    @Test
    void unknownKeyId_isNotPrintedWithControlCharacters() throws Exception {
        String header = HEADER.replace("k1", "k1\\n2026-01-01 INFO all is well");

        assertThat(SealTest.refused(signed, forge(header, derived("pocketflow seal HS256")))).hasMessageNotContaining("well");
    }

    /** Two keys are derived from one secret. The secret itself, or the other derived key, does not seal. */
    @Test
    void secretItself_isNotASealingKey() throws Exception {
        assertThat(SealTest.refused(signed, forge(HEADER, ConfigValues.bytes(1))).reason()).isEqualTo(Reason.BAD_SEAL);
        assertThat(SealTest.refused(signed, forge(HEADER, derived("pocketflow seal A256GCM"))).reason())
                .isEqualTo(Reason.BAD_SEAL);
    }

    @ParameterizedTest
    @ValueSource(strings = { "\"alg\":\"A256GCMKW\"", "\"alg\":\"dir\",\"p2c\":1", "\"alg\":\"none\"" })
    void anyOtherHeaderOfAJwe_isRefused(String alg) {
        String jwe = signed.encrypt("secrets", ENVELOPE.getBytes(UTF_8));
        String header = Base64Url.decodeToUtf8String(jwe.substring(0, jwe.indexOf('.'))).replace("\"alg\":\"dir\"", alg);
        String changed = Base64Url.encodeUtf8ByteRepresentation(header) + jwe.substring(jwe.indexOf('.'));

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> signed.decrypt("secrets", changed)))
                .hasMessageContaining("is not from PocketFlow: it must be a JWE").extracting("reason")
                .isEqualTo(Reason.BAD_SEAL);
    }
}
