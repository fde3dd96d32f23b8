package dev.pocketflow.quarkus.internal.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;
import dev.pocketflow.quarkus.internal.fixture.ConfigValues;

class SealTest {

    private static final String ENVELOPE = "{\"pocketflow\":1,\"run\":\"R\",\"store\":{\"question\":\"hunter2?\"}}";

    private final Seal signed = new Seal(ConfigValues.signed(Map.of("k1", ConfigValues.K1)));
    private final Seal encrypted = new Seal(ConfigValues.encrypted(Map.of("k1", ConfigValues.K1)));
    private final Seal pair = new Seal(ConfigValues.signed(Map.of("k1", ConfigValues.PAIR)));
    private final Seal none = new Seal(ConfigValues.none());

    private static byte[] envelope() {
        return ENVELOPE.getBytes(UTF_8);
    }

    private static String close(Seal seal) {
        return new String(seal.close(envelope()), UTF_8);
    }

    private static String open(Seal seal, String sealed) {
        return new String(seal.open(sealed.getBytes(UTF_8)), UTF_8);
    }

    static EnvelopeRefused refused(Seal seal, String sealed) {
        EnvelopeRefused refused = catchThrowableOfType(EnvelopeRefused.class, () -> seal.open(sealed.getBytes(UTF_8)));
        assertThat(refused).as(sealed).isNotNull().hasNoCause();
        assertThat(refused.getMessage()).doesNotContain("hunter2").doesNotContain(ConfigValues.K1);
        assertThat(refused.getStackTrace()).isEmpty();
        return refused;
    }

    @Test
    void signedEnvelope_isReadable_andEndsWithItsSeal() {
        assertThat(close(signed)).startsWith(ENVELOPE.substring(0, ENVELOPE.length() - 1) + ",\"seal\":\"")
                .matches(".*,\"seal\":\"[\\w-]+\\.\\.[\\w-]{43}\"}");
        assertThat(close(pair)).matches(".*,\"seal\":\"[\\w-]+\\.\\.[\\w-]{86}\"}");
    }

    @Test
    void signedEnvelope_isOpenedUnchanged() {
        for (Seal seal : List.of(signed, pair)) {
            byte[] sealed = seal.close(envelope());
            assertThat(seal.open(sealed)).isSameAs(sealed);
        }
    }

    @Test
    void encryptedEnvelope_isUnreadable_andOpened() {
        String sealed = close(encrypted);

        assertThat(sealed).matches("\\{\"pocketflow\":1,\"jwe\":\"[\\w-]+\\.\\.[\\w-]{16}\\.[\\w-]+\\.[\\w-]{22}\"}");
        assertThat(open(encrypted, sealed)).isEqualTo(ENVELOPE);
        assertThat(close(encrypted)).isNotEqualTo(sealed);
    }

    @Test
    void emptyEnvelope_isSealed() {
        for (Seal seal : List.of(signed, pair, encrypted, none)) {
            assertThat(seal.open(seal.close("{}".getBytes(UTF_8)))).asString(UTF_8).startsWith("{");
        }
    }

    @Test
    void whiteSpaceInAnEnvelope_isKept() {
        byte[] sealed = signed.close(" { \"a\" : 1 } \n".getBytes(UTF_8));

        assertThat(sealed).asString(UTF_8).startsWith(" { \"a\" : 1 ,\"seal\":");
        assertThat(signed.open(sealed)).isSameAs(sealed);
    }

    @Test
    void envelopeIsUnchanged_withoutASeal() {
        byte[] envelope = envelope();

        assertThat(none.close(envelope)).isSameAs(envelope);
        assertThat(none.open(envelope)).isSameAs(envelope);
    }

    @Test
    void unsealedEnvelope_isRefused_whenASealIsRequired() {
        for (Seal seal : List.of(signed, encrypted, pair)) {
            EnvelopeRefused refused = refused(seal, ENVELOPE);
            assertThat(refused.reason()).isEqualTo(Reason.UNSEALED);
            assertThat(refused).hasMessageContaining("quarkus.pocketflow.envelope.seal=none");
        }
    }

    @Test
    void bothSealsAreAccepted_withEachConfiguration() {
        assertThat(open(signed, close(encrypted))).isEqualTo(ENVELOPE);
        assertThat(open(encrypted, close(signed))).isEqualTo(close(signed));
    }

    @Test
    void sealedEnvelope_isOpened_withSealNoneAndTheKey() {
        Seal withKey = new Seal(
                ConfigValues.of(dev.pocketflow.quarkus.config.EnvelopeConfig.SealMode.NONE, Map.of("k1", ConfigValues.K1)));

        assertThat(open(withKey, close(signed))).isEqualTo(close(signed));
        assertThat(open(withKey, close(encrypted))).isEqualTo(ENVELOPE);
        assertThat(refused(none, close(signed)).reason()).isEqualTo(Reason.UNKNOWN_KEY);
        assertThat(refused(none, close(encrypted)).reason()).isEqualTo(Reason.UNKNOWN_KEY);
        assertThat(refused(withKey, close(signed).replace("\"R\"", "\"S\"")).reason()).isEqualTo(Reason.BAD_SEAL);
    }

    @Test
    void changedEnvelope_isRefused() {
        assertThat(refused(signed, close(signed).replace("\"R\"", "\"S\"")))
                .hasMessageContaining("was changed after it was sealed")
                .extracting(EnvelopeRefused::reason).isEqualTo(Reason.BAD_SEAL);
        assertThat(refused(signed, close(signed).replace("\"store\"", "\"more\":1,\"store\"")).reason())
                .isEqualTo(Reason.BAD_SEAL);
        assertThat(refused(pair, close(pair).replace("\"R\"", "\"S\"")).reason()).isEqualTo(Reason.BAD_SEAL);
    }

    @Test
    void changedLowDigitsOfALong_areRefused() {
        byte[] sealed = signed.close("{\"a\":1234567890123456789,\"b\":0.1234567890123456789}".getBytes(UTF_8));
        String text = new String(sealed, UTF_8);

        assertThat(refused(signed, text.replace("56789,", "56788,")).reason()).isEqualTo(Reason.BAD_SEAL);
        assertThat(refused(signed, text.replace("\"b\":0.1234567890123456789", "\"b\":0.1234567890123456788")).reason())
                .isEqualTo(Reason.BAD_SEAL);
    }

    @Test
    void sealOfAnotherKeyOfTheSameId_isRefused() {
        Seal other = new Seal(ConfigValues.signed(Map.of("k1", ConfigValues.K2)));

        assertThat(refused(other, close(signed))).hasMessageContaining("the key 'k1' has another value here")
                .extracting(EnvelopeRefused::reason).isEqualTo(Reason.BAD_SEAL);
        assertThat(refused(other, close(encrypted)).reason()).isEqualTo(Reason.BAD_SEAL);
    }

    @Test
    void sealOfAnUnknownKey_isRefused_byItsName() {
        Seal other = new Seal(ConfigValues.signed(Map.of("k2", ConfigValues.K1)));

        for (Seal seal : List.of(signed, encrypted, pair)) {
            assertThat(refused(other, close(seal)))
                    .hasMessageContaining("the key 'k1', which is not among quarkus.pocketflow.envelope.keys"
                            + " here: [k2]")
                    .extracting(EnvelopeRefused::reason).isEqualTo(Reason.UNKNOWN_KEY);
        }
    }

    @Test
    void envelopeIsOpened_afterARotationOfKeys() {
        Seal old = new Seal(ConfigValues.signed(Map.of("old", ConfigValues.K1)));
        Seal both = new Seal(ConfigValues.signed(Map.of("old", ConfigValues.K1, "new", ConfigValues.PAIR)).key("new"));
        Seal young = new Seal(ConfigValues.signed(Map.of("new", ConfigValues.PUBLIC, "x", ConfigValues.K2)).key("x"));

        assertThat(open(both, close(old))).isEqualTo(close(old));
        assertThat(open(young, close(both))).isEqualTo(close(both));
        assertThat(refused(old, close(both)).reason()).isEqualTo(Reason.UNKNOWN_KEY);
        assertThat(refused(young, close(old)).reason()).isEqualTo(Reason.UNKNOWN_KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"seal\":null}", "{\"seal\":1}", "{\"seal\":{}}", "{\"seal\":\"\"}", "{\"seal\":\"..\"}",
            "{\"seal\":\"a.b.c\"}", "{\"seal\":\"é..é\"}", "{\"pocketflow\":1,\"jwe\":\"\"}",
            "{\"pocketflow\":1,\"jwe\":\"....\"}",
            "{\"pocketflow\":1,\"jwe\":\"a.b.c.d.e\"}", "{\"pocketflow\":1,\"jwe\":\"a\",\"more\":\"\",\"pocketflow\":1}" })
    void invalidSeal_isRefused(String envelope) {
        assertThat(refused(signed, envelope).reason()).isIn(Reason.BAD_SEAL, Reason.MALFORMED);
    }

    @Test
    void encryptedForm_hasNoOtherMember() {
        String sealed = close(encrypted);

        assertThat(refused(encrypted, sealed.replace("{", "{\"more\":\"\",")).reason()).isEqualTo(Reason.BAD_SEAL);
        assertThat(refused(encrypted, sealed.replace("{", "{\"z\":1,")).reason()).isEqualTo(Reason.UNSEALED);
        assertThat(refused(encrypted, sealed.replace("\"pocketflow\":1,", "")).reason()).isEqualTo(Reason.UNSEALED);
        assertThat(refused(encrypted, sealed.replace(":1,", ":2,")).reason()).isEqualTo(Reason.UNSEALED);
    }

    @Test
    void envelope_isNotSealedTwice() {
        assertThatThrownBy(() -> signed.close(signed.close(envelope()))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has a seal already");
    }

    @Test
    void envelopeIsNotClosed_whenItCouldNotBeOpened() {
        for (Seal seal : List.of(new Seal(ConfigValues.signed(Map.of("k1", ConfigValues.K1)).maxDepth(2)),
                new Seal(ConfigValues.encrypted(Map.of("k1", ConfigValues.K1)).maxDepth(2)),
                new Seal(ConfigValues.none().maxDepth(2)))) {
            assertThatThrownBy(() -> seal.close("{\"a\":{\"b\":[]}}".getBytes(UTF_8))).isInstanceOf(EnvelopeRefused.class)
                    .extracting("reason").isEqualTo(Reason.TOO_DEEP);
            assertThatThrownBy(() -> seal.close("[]".getBytes(UTF_8))).extracting("reason").isEqualTo(Reason.MALFORMED);
        }
    }

    @Test
    void sizeIsAccepted_upToTheLimit() {
        byte[] envelope = ("{\"a\":\"" + "x".repeat(2000) + "\"}").getBytes(UTF_8);
        int size = signed.close(envelope).length;
        Seal fits = new Seal(ConfigValues.signed(Map.of("k1", ConfigValues.K1)).maxBytes(size));
        Seal tight = new Seal(ConfigValues.signed(Map.of("k1", ConfigValues.K1)).maxBytes(size - 1));

        assertThat(fits.open(fits.close(envelope))).hasSize(size);
        assertThat(catchThrowableOfType(EnvelopeRefused.class, () -> tight.close(envelope)))
                .hasMessageContaining("quarkus.pocketflow.envelope.max-bytes").extracting(EnvelopeRefused::reason)
                .isEqualTo(Reason.TOO_LARGE);
        assertThat(refused(tight, new String(signed.close(envelope), UTF_8)).reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void compressionBomb_isRefusedAsTooLarge() {
        byte[] bomb = new byte[6_000_000];
        Arrays.fill(bomb, (byte) 'x');
        String envelope = "{\"a\":\"" + new String(bomb, UTF_8) + "\"}";
        byte[] sealed = encrypted.close(envelope.getBytes(UTF_8));
        Seal tight = new Seal(ConfigValues.encrypted(Map.of("k1", ConfigValues.K1)).maxBytes(100_000));

        assertThat(sealed.length).isLessThan(20_000);
        assertThat(encrypted.open(sealed)).hasSize(6_000_008);
        assertThat(refused(tight, new String(sealed, UTF_8)).reason()).isEqualTo(Reason.TOO_LARGE);
        String secret = encrypted.encrypt("secrets", bomb);
        assertThat(catchThrowableOfType(EnvelopeRefused.class, () -> tight.decrypt("secrets", secret)).reason())
                .isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void secrets_areDecrypted_inTheirContextOnly() {
        byte[] secret = "hunter2".getBytes(UTF_8);
        String jwe = signed.encrypt("secrets R", secret);

        assertThat(jwe).matches("[\\w-]+\\.\\.[\\w-]+\\.[\\w-]+\\.[\\w-]+");
        assertThat(signed.decrypt("secrets R", jwe)).isEqualTo(secret);
        assertThat(encrypted.decrypt("secrets R", jwe)).isEqualTo(secret);
        assertThat(catchThrowableOfType(EnvelopeRefused.class, () -> signed.decrypt("secrets S", jwe)))
                .hasMessageContaining("encrypted for another purpose").extracting(EnvelopeRefused::reason)
                .isEqualTo(Reason.BAD_SEAL);
        assertThat(signed.decrypt("empty", signed.encrypt("empty", new byte[0]))).isEmpty();
    }

    @Test
    void secretAndEnvelope_areNotInterchangeable() {
        String secret = "{\"pocketflow\":1,\"jwe\":\"" + signed.encrypt("envelope", envelope()) + "\"}";
        String jwe = close(encrypted).replaceAll(".*\"jwe\":\"|\"}", "");

        assertThat(refused(signed, secret)).hasMessageContaining("encrypted for another purpose");
        assertThat(catchThrowableOfType(EnvelopeRefused.class, () -> signed.decrypt("envelope", jwe)).reason())
                .isEqualTo(Reason.BAD_SEAL);
    }

    @Test
    void contextIsRefused_whenItWouldBreakTheHeader() {
        assertThatThrownBy(() -> signed.encrypt("a\",\"kid\":\"b", new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> signed.encrypt("a".repeat(201), new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void secretKey_isTheNamedKeyOrTheSealingKey() {
        assertThat(signed.encrypts()).isTrue();
        assertThat(none.encrypts()).isFalse();
        assertThat(pair.encrypts()).isFalse();
        assertThatThrownBy(() -> pair.encrypt("secrets", new byte[0])).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("quarkus.pocketflow.envelope.secret-key");

        Seal both = new Seal(
                ConfigValues.signed(Map.of("k1", ConfigValues.K1, "p", ConfigValues.PAIR)).key("p").secretKey("k1"));
        assertThat(signed.decrypt("a", both.encrypt("a", envelope()))).isEqualTo(envelope());
    }

    @Test
    void randomKeys_areValidAndDiffer() {
        Seal one = new Seal(ConfigValues.signed(Map.of("k1", Seal.randomKey())));
        Seal other = new Seal(ConfigValues.signed(Map.of("k1", Seal.randomKey())));

        assertThat(open(one, close(one))).isEqualTo(close(one));
        assertThat(refused(one, close(other)).reason()).isEqualTo(Reason.BAD_SEAL);
    }
}
