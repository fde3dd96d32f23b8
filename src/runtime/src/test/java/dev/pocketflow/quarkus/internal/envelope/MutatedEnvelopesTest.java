package dev.pocketflow.quarkus.internal.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.junit.jupiter.api.Test;

import dev.pocketflow.BatchNode;
import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.Outcome;
import dev.pocketflow.Run;
import dev.pocketflow.Store;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.config.EnvelopeConfig;
import dev.pocketflow.quarkus.internal.claimcheck.ClaimCheck;
import dev.pocketflow.quarkus.internal.fixture.ConfigValues;
import dev.pocketflow.quarkus.internal.json.UntypedJson;
import dev.pocketflow.quarkus.internal.seal.Seal;

/** Ten thousand mutated envelopes. */
class MutatedEnvelopesTest {

    private static final String SECRET = "S3CRET";
    private static final AtomicInteger STEPS = new AtomicInteger();

    /** Counts the items that run. */
    static class Words implements BatchNode<String, String> {
        @Override
        public List<String> prep(Store shared) {
            return List.of("a", "b", SECRET);
        }

        @Override
        public String exec(String item) {
            STEPS.incrementAndGet();
            return item + SECRET;
        }
    }

    private static final Flow FLOW = Flow.named("flow").node("words", new Words()).then("again").node("again", new Words())
            .forEach(shared -> List.of(Map.of("i", 1), Map.of("i", 2))).build();

    private final Random random = new Random(20261122);

    private static EnvelopeCodec envelopes(EnvelopeConfig config) {
        return new EnvelopeCodec(config, new Seal(config), ClaimCheck.NONE, 1000, InstantSource.system());
    }

    private static byte[] packed(EnvelopeCodec envelopes) {
        Store store = Store.of(Map.of("text", SECRET, "list", List.of(1, 2.5, true), "deep", Map.of("a", Map.of("b", SECRET))));
        Outcome.HandedOver outcome = (Outcome.HandedOver) Run.of(FLOW, store).handOverWhen(next -> STEPS.get() % 2 == 1)
                .start();
        return envelopes.pack(new HopMessage(outcome.envelope(), null, false), Integer.MAX_VALUE);
    }

    private byte[] mutated(byte[] json) {
        byte[] mutated = json.clone();
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(mutated.length);
            switch (random.nextInt(4)) {
                case 0 -> mutated[at] = (byte) random.nextInt(256);
                case 1 -> mutated[at] = (byte) "{}[]\",:0-9.eEtfn ".charAt(random.nextInt(17));
                case 2 -> mutated = new String(mutated, 0, at, StandardCharsets.ISO_8859_1)
                        .getBytes(StandardCharsets.ISO_8859_1);
                default -> {
                    int from = random.nextInt(mutated.length);
                    int length = Math.min(random.nextInt(40), mutated.length - Math.max(at, from));
                    System.arraycopy(mutated, from, mutated, at, length);
                }
            }
            if (mutated.length == 0) {
                return mutated;
            }
        }
        return mutated;
    }

    private byte[] noise() {
        byte[] noise = new byte[random.nextInt(200)];
        random.nextBytes(noise);
        return noise;
    }

    /** {@return the number of the ten thousand that were accepted although they differ} */
    private int taken(EnvelopeCodec envelopes) {
        byte[] json = packed(envelopes);
        int steps = STEPS.get();
        StringBuilder said = new StringBuilder();
        Handler ear = new Handler() {
            @Override
            public void publish(LogRecord line) {
                said.append(line.getMessage()).append(line.getThrown());
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
        Logger.getLogger("").addHandler(ear);
        int taken = 0;
        try {
            for (int i = 0; i < 10_000; i++) {
                byte[] changed = i % 10 == 0 ? noise() : mutated(json);
                try {
                    Run.resume(FLOW, envelopes.unpack(changed).envelope());
                    taken += UntypedJson.read(changed).equals(UntypedJson.read(json)) ? 0 : 1;
                } catch (EnvelopeRefused | FlowException refused) {
                    said.append(refused.getMessage());
                }
            }
        } finally {
            Logger.getLogger("").removeHandler(ear);
        }
        assertThat(STEPS).as("steps run").hasValue(steps);
        assertThat(said).doesNotContain(SECRET);
        return taken;
    }

    @Test
    void signedMutants_areRefused_withoutQuotingTheStore() {
        assertThat(taken(envelopes(ConfigValues.signed(Map.of("k", ConfigValues.K1))))).isZero();
    }

    @Test
    void unsealedMutants_areRefusedOrValid_withoutQuotingTheStore() {
        assertThat(taken(envelopes(ConfigValues.none()))).isPositive();
    }
}
