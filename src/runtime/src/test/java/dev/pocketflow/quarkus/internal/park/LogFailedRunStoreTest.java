package dev.pocketflow.quarkus.internal.park;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.pocketflow.quarkus.HandOverFailed;
import dev.pocketflow.quarkus.config.EnvelopeConfig;
import dev.pocketflow.quarkus.internal.entry.EventParser;
import dev.pocketflow.quarkus.internal.fixture.ConfigValues;
import dev.pocketflow.quarkus.internal.fixture.EntryEvents;
import dev.pocketflow.quarkus.internal.seal.Seal;

class LogFailedRunStoreTest {

    private static final String RUN = "01K0000000000000000000RVN1";
    private static final byte[] PLAIN = "{\"pocketflow\":1,\"store\":{\"question\":\"S3CRET\"}}".getBytes(UTF_8);

    private final Logger log = Logger.getLogger("dev.pocketflow.park");
    private final List<LogRecord> lines = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line);
        }

        @Override
        public void flush() {
            // nothing is buffered
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    @BeforeEach
    void listen() {
        log.addHandler(handler);
        log.setUseParentHandlers(false);
    }

    @AfterEach
    void stop() {
        log.removeHandler(handler);
        log.setUseParentHandlers(true);
    }

    private static Seal seal(EnvelopeConfig config) {
        return new Seal(config);
    }

    private String parked(Seal seal, byte[] envelope) {
        new LogFailedRunStore(seal)
                .park(new FailedRunStore.Message(RUN, 3, "writer", "write", "java.io.IOException", envelope));
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0).getLevel().intValue()).isEqualTo(Level.SEVERE.intValue());
        String line = lines.get(0) instanceof org.jboss.logmanager.ExtLogRecord ext ? ext.getFormattedMessage()
                : String.valueOf(lines.get(0).getMessage());
        assertThat(line).startsWith("run=" + RUN + " hop=3 flow=writer node=write type=java.io.IOException envelope={")
                .doesNotContain("S3CRET", "\n");
        return line.substring(line.indexOf("envelope=") + "envelope=".length());
    }

    @Test
    void signedEnvelopeIsHidden_andOpensAgain() {
        Seal seal = seal(ConfigValues.signed(Map.of("k1", ConfigValues.K1)));
        byte[] signed = seal.close(PLAIN);

        String envelope = parked(seal, signed);

        assertThat(envelope).startsWith("{\"pocketflow\":1,\"jwe\":\"");
        assertThat(seal.open(envelope.getBytes(UTF_8))).isEqualTo(signed);
        assertThat(EntryEvents.envelope(EventParser.direct(envelope.getBytes(UTF_8)))).isNotNull();
    }

    @Test
    void encryptedEnvelopeIsUnchanged() {
        Seal seal = seal(ConfigValues.encrypted(Map.of("k1", ConfigValues.K1)));
        byte[] encrypted = seal.close(PLAIN);

        assertThat(parked(seal, encrypted)).isEqualTo(new String(encrypted, UTF_8));
    }

    @Test
    void secretKeyEncryptsIt_whenTheSealOnlySigns() {
        Seal seal = seal(
                ConfigValues.signed(Map.of("pair", ConfigValues.PAIR, "k2", ConfigValues.K2)).key("pair").secretKey("k2"));

        assertThat(seal.open(parked(seal, seal.close(PLAIN)).getBytes(UTF_8))).isEqualTo(seal.close(PLAIN));
    }

    @Test
    void startIsRefused_withoutAKeyToEncryptWith() {
        for (EnvelopeConfig config : List.of(ConfigValues.none(), ConfigValues.signed(Map.of("pair", ConfigValues.PAIR)))) {
            assertThatThrownBy(() -> new LogFailedRunStore(seal(config))).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("quarkus.pocketflow.park is log")
                    .hasMessageContaining("set quarkus.pocketflow.envelope.secret-key");
        }
    }

    @Test
    void lineFits_whenTheEnvelopeDoes() {
        Seal seal = seal(ConfigValues.signed(Map.of("k1", ConfigValues.K1)));
        StringBuilder noise = new StringBuilder("{\"pocketflow\":1,\"store\":{\"noise\":\"");
        new Random(7).ints(2 * LogFailedRunStore.LIMIT, ' ' + 3, 0x7f).filter(each -> each != '\\' && each != '"')
                .forEach(each -> noise.append((char) each));
        byte[] signed = seal.close((noise.substring(0, LogFailedRunStore.LIMIT - 400) + "\"}}").getBytes(UTF_8));

        assertThat(parked(seal, signed)).hasSizeLessThan(1_048_576 - 10_000);
        assertThat(signed.length).isBetween(LogFailedRunStore.LIMIT - 300, LogFailedRunStore.LIMIT);
    }

    @Test
    void tooLargeEnvelopeIsRefused_withTheCorrection() {
        LogFailedRunStore park = new LogFailedRunStore(seal(ConfigValues.signed(Map.of("k1", ConfigValues.K1))));

        assertThat(park.limit()).isEqualTo(LogFailedRunStore.LIMIT);
        assertThat(park.isDurable()).isFalse();
        assertThatThrownBy(
                () -> park.park(new FailedRunStore.Message(RUN, 3, "writer", null, "T", new byte[LogFailedRunStore.LIMIT + 1])))
                .isInstanceOf(HandOverFailed.class).hasMessageContaining("its envelope has 750001 bytes, and at most 750000")
                .hasMessageContaining("Configure a claim check");
        assertThat(lines).isEmpty();
    }
}
