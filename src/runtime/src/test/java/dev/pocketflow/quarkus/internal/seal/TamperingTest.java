package dev.pocketflow.quarkus.internal.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;
import dev.pocketflow.quarkus.internal.fixture.ConfigValues;
import dev.pocketflow.quarkus.internal.json.CanonicalJson;

/**
 * Changes that an attacker or a broken line may make to a sealed envelope: hundreds of thousands, a few seconds for each test.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public class TamperingTest {

    private static final String ENVELOPE = "{\"pocketflow\":1,\"run\":\"01KB7J5J2Q8W3X4Y5Z6A7B8C9D\",\"flow\":\"writer\",\"hop\":3,"
            + "\"issued\":1795342222,\"expires\":1795428622,\"position\":[{\"flow\":\"writer\",\"node\":\"write\"}],"
            + "\"store\":{\"sections\":[\"Größe\",\"\\\"€\\\"\"],\"ratio\":0.25,\"id\":1234567890123456789,\"none\":null,\"done\":false}}";

    private final Seal signed = new Seal(ConfigValues.signed(Map.of("k1", ConfigValues.K1)));
    private final Seal pair = new Seal(ConfigValues.signed(Map.of("k1", ConfigValues.PAIR)));
    private final Seal encrypted = new Seal(ConfigValues.encrypted(Map.of("k1", ConfigValues.K1)));

    /** {@return whether it was opened; only an {@link EnvelopeRefused} may be thrown} */
    private static boolean opens(Seal seal, byte[] sealed) {
        try {
            seal.open(sealed);
            return true;
        } catch (EnvelopeRefused e) {
            return shows(e.getMessage());
        }
    }

    private static boolean shows(String message) {
        if (message.contains("writer") || message.contains("sections") || message.contains("Gr")) {
            throw new AssertionError(message);
        }
        return false;
    }

    private static int openedAfterAnyChangeOfAByte(Seal seal, int from) {
        byte[] sealed = seal.close(ENVELOPE.getBytes(UTF_8));
        assertThat(opens(seal, sealed)).isTrue();
        int opened = 0;
        for (int at = from < 0 ? sealed.length + from : from; at < sealed.length; at++) {
            byte original = sealed[at];
            for (int other = 1; other < 256; other++) {
                sealed[at] = (byte) (original ^ other);
                opened += opens(seal, sealed) ? 1 : 0;
            }
            sealed[at] = original;
        }
        return opened;
    }

    @Test
    void everyChangeOfAByte_isRefused_ofASignedEnvelope() {
        assertThat(openedAfterAnyChangeOfAByte(signed, 0)).isZero();
    }

    @Test
    void everyChangeOfAByte_isRefused_ofAnEncryptedEnvelope() {
        assertThat(openedAfterAnyChangeOfAByte(encrypted, 0)).isZero();
    }

    /** Verifying takes longer here: the last 100 bytes are the signature and the end of its header. */
    @Test
    void everyChangeOfAByte_isRefused_ofAnEdDsaSeal() {
        assertThat(openedAfterAnyChangeOfAByte(pair, -100)).isZero();
    }

    @Test
    void everyChangeOfAByte_isRefused_ofASecret() {
        String jwe = signed.encrypt("secrets", ENVELOPE.getBytes(UTF_8));
        for (int at = 0; at < jwe.length(); at++) {
            for (char other = 0; other < 256; other++) {
                StringBuilder changed = new StringBuilder(jwe);
                changed.setCharAt(at, other);
                assertThat(decrypts(changed.toString())).isEqualTo(other == jwe.charAt(at));
            }
        }
    }

    private boolean decrypts(String jwe) {
        try {
            signed.decrypt("secrets", jwe);
            return true;
        } catch (EnvelopeRefused e) {
            return false;
        }
    }

    @Test
    void mutatedEnvelopes_areRefused_orMeanTheSame() {
        Random random = new Random(3);
        for (Seal seal : List.of(signed, pair, encrypted)) {
            byte[] sealed = seal.close(ENVELOPE.getBytes(UTF_8));
            byte[] canonical = CanonicalJson.of(sealed, 200).bytes();
            for (int i = 0; i < 4000; i++) {
                byte[] mutated = mutate(sealed, random);
                if (opens(seal, mutated)) {
                    assertThat(CanonicalJson.of(mutated, 200).bytes()).isEqualTo(canonical);
                }
            }
        }
    }

    public static byte[] mutate(byte[] sealed, Random random) {
        byte[] mutated = sealed;
        for (int i = random.nextInt(4); i >= 0; i--) {
            int from = random.nextInt(mutated.length + 1);
            int to = Math.min(mutated.length, from + random.nextInt(random.nextInt(20) == 0 ? 400 : 6));
            byte[] insert = new byte[random.nextInt(6)];
            random.nextBytes(insert);
            if (random.nextBoolean()) {
                int copied = random.nextInt(sealed.length);
                insert = Arrays.copyOfRange(sealed, copied, Math.min(sealed.length, copied + random.nextInt(40)));
            }
            byte[] next = new byte[mutated.length - (to - from) + insert.length];
            System.arraycopy(mutated, 0, next, 0, from);
            System.arraycopy(insert, 0, next, from, insert.length);
            System.arraycopy(mutated, to, next, from + insert.length, mutated.length - to);
            mutated = next;
        }
        return mutated;
    }

    @Test
    void randomEnvelopes_areRefused() {
        Random random = new Random(4);
        String json = "{}[]\",:\\u0019eE+-.truefalsn \n\u00e9seal";
        for (int i = 0; i < 10_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "{" : "{\"seal\":\"");
            for (int length = random.nextInt(60); length > 0; length--) {
                text.append(json.charAt(random.nextInt(json.length())));
            }
            byte[] envelope = text.toString().getBytes(UTF_8);
            if (random.nextInt(3) == 0) {
                random.nextBytes(envelope);
            }
            assertThat(opens(signed, envelope)).isFalse();
        }
    }

    @Test
    void truncatedEnvelopes_areRefused() {
        for (Seal seal : List.of(signed, pair, encrypted)) {
            byte[] sealed = seal.close(ENVELOPE.getBytes(UTF_8));
            for (int length = 0; length < sealed.length; length++) {
                assertThat(opens(seal, Arrays.copyOf(sealed, length))).isFalse();
            }
        }
    }

    @Test
    void sealOfAnotherEnvelope_isRefused() {
        String one = new String(signed.close(ENVELOPE.getBytes(UTF_8)), UTF_8);
        String other = new String(signed.close("{\"a\":1}".getBytes(UTF_8)), UTF_8);

        assertThat(SealTest.refused(signed, "{\"a\":1" + one.substring(one.indexOf(",\"seal\""))).reason())
                .isEqualTo(Reason.BAD_SEAL);
        assertThat(opens(signed, other.getBytes(UTF_8))).isTrue();
    }
}
