package dev.pocketflow.quarkus.internal.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;
import dev.pocketflow.quarkus.config.EnvelopeConfig;
import dev.pocketflow.quarkus.config.EnvelopeConfig.SealMode;
import dev.pocketflow.quarkus.internal.fixture.ConfigValues;

class SealKeysTest {

    private static void refused(EnvelopeConfig config, String message) {
        assertThatThrownBy(() -> new Seal(config)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message)
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = { "SIGNED", "ENCRYPTED" })
    void missingKey_isRefused_withBothCorrections(SealMode seal) {
        refused(ConfigValues.of(seal, Map.of()), "set quarkus.pocketflow.envelope.keys.<kid>=");
        refused(ConfigValues.of(seal, Map.of()), "quarkus.pocketflow.envelope.seal=none");
    }

    @Test
    void unknownKey_isRefused() {
        refused(ConfigValues.signed(Map.of("k1", ConfigValues.K1)).key("k2"),
                "quarkus.pocketflow.envelope.key is 'k2', which is not among quarkus.pocketflow.envelope.keys: [k1]");
        refused(ConfigValues.signed(Map.of("k1", ConfigValues.K1)).secretKey("k2"),
                "quarkus.pocketflow.envelope.secret-key is 'k2', which is not among quarkus.pocketflow.envelope.keys: [k1]");
        refused(ConfigValues.none().key("k2"), "quarkus.pocketflow.envelope.key is 'k2'");
    }

    @Test
    void severalKeys_requireTheKeyThatSeals() {
        refused(ConfigValues.signed(Map.of("b", ConfigValues.K2, "a", ConfigValues.K1)),
                "set quarkus.pocketflow.envelope.key to the key that seals: one of [a, b]");
        assertThat(new Seal(ConfigValues.of(SealMode.NONE, Map.of("b", ConfigValues.K2, "a", ConfigValues.K1))).encrypts())
                .isFalse();
    }

    @Test
    void publicKey_doesNotSeal() {
        refused(ConfigValues.signed(Map.of("p", ConfigValues.PUBLIC)), "the key 'p' is a public key, which only verifies");
    }

    @Test
    void keyPair_doesNotEncrypt() {
        refused(ConfigValues.encrypted(Map.of("p", ConfigValues.PAIR)), "the key 'p' signs and does not encrypt");
        refused(ConfigValues.signed(Map.of("p", ConfigValues.PAIR)).secretKey("p"), "the key 'p' signs and does not encrypt");
    }

    @Test
    void shortKey_isRefused() {
        String key = Base64.getEncoder().encodeToString(new byte[31]);

        refused(ConfigValues.signed(Map.of("k1", key)),
                "quarkus.pocketflow.envelope.keys.k1 must have at least 32 bytes, had 31");
        refused(ConfigValues.signed(Map.of("k1", "{\"kty\":\"oct\",\"k\":\"" + key + "\"}")), "at least 32 bytes, had 31");
        refused(ConfigValues.signed(Map.of("k1", "")), "at least 32 bytes, had 0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "hunter2!hunter2!hunter2!hunter2! | quarkus.pocketflow.envelope.keys.k1 is neither Base64 nor Base64url",
            "{hunter2 | quarkus.pocketflow.envelope.keys.k1 begins like a JWK but is not JSON",
            "{\"kty\":\"oct\"} | quarkus.pocketflow.envelope.keys.k1 is a JWK without k",
            "{\"kty\":\"oct\",\"k\":1} | quarkus.pocketflow.envelope.keys.k1 is a JWK without k",
            "{\"kty\":\"oct\",\"k\":\"hunter2!\"} | quarkus.pocketflow.envelope.keys.k1: k is neither Base64",
            "{\"kty\":\"RSA\"} | quarkus.pocketflow.envelope.keys.k1 is a JWK of a type that is not supported",
            "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"\"} | a JWK of a type that is not supported",
            "{\"kty\":\"OKP\",\"crv\":\"Ed25519\"} | quarkus.pocketflow.envelope.keys.k1 is a JWK without x",
            "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAA\"} | quarkus.pocketflow.envelope.keys.k1: x must have 32 bytes, had 3" })
    void invalidKey_isRefused_withoutShowingIt(String value, String message) {
        ConfigValues settings = ConfigValues.signed(Map.of("k1", value));

        refused(settings, message);
        assertThatThrownBy(() -> new Seal(settings)).message().doesNotContain("hunter");
    }

    @Test
    void halvesOfTwoPairs_areRefused() {
        String other = Base64.getUrlEncoder().encodeToString(ConfigValues.bytes(7));
        String noPoint = Base64.getUrlEncoder().encodeToString(ConfigValues.bytes(2));

        refused(ConfigValues.signed(Map.of("p", ConfigValues.PAIR.replaceFirst("\"d\":\"[^\"]*", "\"d\":\"" + other))),
                "quarkus.pocketflow.envelope.keys.p is not an Ed25519 key, or its x and d are not a pair");
        refused(ConfigValues.signed(Map.of("k1", ConfigValues.K1, "p", ConfigValues.PUBLIC.replace(ConfigValues.X, noPoint)))
                .key("k1"),
                "quarkus.pocketflow.envelope.keys.p is not an Ed25519 key");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "a b", "a\"", "ä", "a/b",
            "12345678901234567890123456789012345678901234567890123456789012345" })
    void idThatWouldNeedQuoting_isRefused(String kid) {
        refused(ConfigValues.signed(Map.of(kid, ConfigValues.K1)),
                "is not a key id: use 1 to 64 letters, digits, and . _ ~ -");
    }

    @Test
    void limits_areChecked() {
        refused(ConfigValues.none().maxBytes(1023), "quarkus.pocketflow.envelope.max-bytes must be at least 1024, was 1023");
        refused(ConfigValues.none().maxDepth(0), "quarkus.pocketflow.envelope.max-depth must be 1 to 1000, was 0");
        refused(ConfigValues.none().maxDepth(1001), "quarkus.pocketflow.envelope.max-depth must be 1 to 1000, was 1001");
    }

    @Test
    void formsOfAKey_areTheSameKey() {
        byte[] secret = new byte[64];
        for (int i = 0; i < secret.length; i++) {
            secret[i] = (byte) (i * 5 + 251);
        }
        String url = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        String standard = Base64.getEncoder().encodeToString(secret);
        assertThat(url).contains("-").contains("_");
        byte[] sealed = new Seal(ConfigValues.signed(Map.of("k1", url))).close("{}".getBytes(UTF_8));

        for (String value : new String[] { standard, standard + "\n", Base64.getUrlEncoder().encodeToString(secret),
                "{\"kty\":\"oct\",\"k\":\"" + url + "\",\"kid\":\"x\",\"alg\":\"HS256\"}",
                " {\"k\":\"" + url + "\",\"kty\":\"oct\"}" }) {
            assertThat(new Seal(ConfigValues.signed(Map.of("k1", value))).open(sealed)).isSameAs(sealed);
        }
    }

    private static String jwk(int value, String use) {
        return "{\"kty\":\"oct\",\"k\":\"" + Base64.getUrlEncoder().encodeToString(ConfigValues.bytes(value))
                + "\",\"use\":\"" + use + "\"}";
    }

    private static final byte[] ENVELOPE = "{\"pocketflow\":1}".getBytes(UTF_8);

    /** A holder of the key for secrets alone must not be able to make a run. */
    static Stream<ConfigValues> separated() {
        return Stream.of(ConfigValues.signed(Map.of("k1", ConfigValues.K1, "s", ConfigValues.K2)).key("k1").secretKey("s"),
                ConfigValues.encrypted(Map.of("k1", ConfigValues.K1, "s", ConfigValues.K2)).key("k1").secretKey("s"),
                ConfigValues.signed(Map.of("k1", ConfigValues.PAIR, "s", ConfigValues.K2)).key("k1").secretKey("s"),
                ConfigValues.signed(Map.of("k1", ConfigValues.K1, "s", jwk(2, "enc"))).key("k1"),
                ConfigValues.signed(Map.of("k1", ConfigValues.K1, "s", jwk(2, "enc"), "t", jwk(3, "enc"))).key("k1")
                        .secretKey("t"));
    }

    @ParameterizedTest
    @MethodSource("separated")
    void keyForSecretsOnly_doesNotSeal(ConfigValues settings) {
        Seal ours = new Seal(settings);
        byte[] secret = new Seal(ConfigValues.signed(Map.of("s", ConfigValues.K2))).encrypt("secrets of R", ENVELOPE)
                .getBytes(UTF_8);

        for (Seal thief : List.of(new Seal(ConfigValues.signed(Map.of("s", ConfigValues.K2))),
                new Seal(ConfigValues.encrypted(Map.of("s", ConfigValues.K2))))) {
            EnvelopeRefused refused = catchThrowableOfType(
                    EnvelopeRefused.class, () -> ours.open(thief.close(ENVELOPE)));
            assertThat(refused.reason()).isIn(Reason.UNKNOWN_KEY,
                    Reason.UNSEALED);
        }
        assertThat(ours.decrypt("secrets of R", new String(secret, UTF_8))).isEqualTo(ENVELOPE);
        assertThat(ours.open(ours.close(ENVELOPE))).asString(UTF_8).contains("pocketflow");
    }

    /** The log's park encrypts an envelope with the key for secrets: the seal is inside. */
    @Test
    void hiddenEnvelope_isOpened_withItsSealInside() {
        Seal ours = new Seal(ConfigValues.signed(Map.of("k1", ConfigValues.K1, "s", ConfigValues.K2)).key("k1").secretKey("s"));
        byte[] sealed = ours.close(ENVELOPE);

        assertThat(ours.open(ours.hidden(sealed))).isEqualTo(sealed);
        byte[] twice = new Seal(ConfigValues.signed(Map.of("s", ConfigValues.K2))).hidden(ENVELOPE);
        assertThatThrownBy(() -> ours.open(twice)).isInstanceOf(EnvelopeRefused.class)
                .hasMessageContaining("has no seal");
    }

    @Test
    void useOfAJwk_isRespected() {
        refused(ConfigValues.signed(Map.of("k1", jwk(1, "enc"))), "for secrets only");
        refused(ConfigValues.signed(Map.of("k1", ConfigValues.K1, "s", jwk(2, "sig"))).key("k1").secretKey("s"),
                "for seals only");
        refused(ConfigValues.signed(Map.of("k1", jwk(1, "other"))), "neither sig nor enc");
        assertThat(new Seal(ConfigValues.signed(Map.of("k1", jwk(1, "sig")))).encrypts()).isFalse();
        String secret = new Seal(ConfigValues.signed(Map.of("k1", ConfigValues.K1))).encrypt("x", ENVELOPE);
        assertThatThrownBy(() -> new Seal(ConfigValues.signed(Map.of("k1", jwk(1, "sig")))).decrypt("x", secret))
                .hasMessageContaining("for seals only");
    }

    /** An environment variable cannot contain a dash. */
    @Test
    void idInAnotherSpelling_isTheSameKey() {
        Seal files = new Seal(ConfigValues.signed(Map.of("my-key", ConfigValues.K1)));
        Seal environment = new Seal(
                ConfigValues.signed(Map.of("my.key", ConfigValues.K1, "other", ConfigValues.K2)).key("my-key"));

        assertThat(environment.close(ENVELOPE)).isEqualTo(files.close(ENVELOPE));
        assertThat(files.open(new Seal(ConfigValues.signed(Map.of("my.key", ConfigValues.K1))).close(ENVELOPE))).isNotEmpty();
        refused(ConfigValues.signed(Map.of("my.key", ConfigValues.K1, "my-key", ConfigValues.K2)).key("my-key"), "spelt alike");
    }
}
