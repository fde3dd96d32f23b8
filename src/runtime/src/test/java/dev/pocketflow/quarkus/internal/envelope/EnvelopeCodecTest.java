package dev.pocketflow.quarkus.internal.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.pocketflow.BatchNode;
import dev.pocketflow.Envelope;
import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.Outcome;
import dev.pocketflow.RemoteFlow;
import dev.pocketflow.Run;
import dev.pocketflow.Store;
import dev.pocketflow.engine.context.ModelAccess;
import dev.pocketflow.engine.position.Position;
import dev.pocketflow.internal.Ulid;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;
import dev.pocketflow.quarkus.HandOverFailed;
import dev.pocketflow.quarkus.config.EnvelopeConfig;
import dev.pocketflow.quarkus.internal.claimcheck.ClaimCheck;
import dev.pocketflow.quarkus.internal.fixture.ConfigValues;
import dev.pocketflow.quarkus.internal.fixture.InMemoryClaimCheck;
import dev.pocketflow.quarkus.internal.seal.Seal;

class EnvelopeCodecTest {

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final int NO_LIMIT = Integer.MAX_VALUE;
    private static final Node<Void, Void> NODE = Node.route(shared -> null);
    private static final Flow FLOW = Flow.named("flow").node("a", NODE).then("b").node("b", NODE).build();

    private final InMemoryClaimCheck kept = new InMemoryClaimCheck();
    private Instant now = Instant.ofEpochSecond(1_795_000_000);

    private EnvelopeCodec envelopes(EnvelopeConfig config, ClaimCheck claims) {
        InstantSource clock = () -> now;
        return new EnvelopeCodec(config, new Seal(config), claims, 1000, clock);
    }

    private final EnvelopeCodec signed = envelopes(ConfigValues.signed(Map.of("k1", ConfigValues.K1)), ClaimCheck.NONE);

    /** A run that is handed over after its first step. */
    private static HopMessage message(Flow flow, Store store) {
        Outcome.HandedOver outcome = (Outcome.HandedOver) Run.of(flow, store).handOverWhen(next -> true).start();
        return new HopMessage(outcome.envelope(), TRACE, false);
    }

    private static HopMessage message(Store store) {
        return message(FLOW, store);
    }

    private static Reason reason(Runnable work) {
        try {
            work.run();
        } catch (EnvelopeRefused refused) {
            return refused.reason();
        }
        throw new AssertionError("it was not refused");
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    @Test
    void envelopeIsReadUnchanged() {
        HopMessage sent = message(Store.of(Map.of("question", "why?", "n", 5)));

        byte[] json = signed.pack(sent, NO_LIMIT);
        HopMessage back = signed.unpack(json);

        EnvelopeSchema.check(json);
        assertThat(back.traceparent()).isEqualTo(TRACE);
        assertThat(back.envelope()).usingRecursiveComparison().ignoringFields("store").isEqualTo(sent.envelope());
        assertThat(back.envelope().store().asMap()).isEqualTo(Map.of("question", "why?", "n", 5));
        assertThat(Run.resume(FLOW, back.envelope()).start().orThrow().action()).isEqualTo("default");
    }

    @Test
    void everyKindOfPosition_conformsToTheSchema() {
        BatchNode<String, Integer> batch = new BatchNode<>() {
            @Override
            public List<String> prep(Store shared) {
                return List.of("x", "yy", "zzz");
            }

            @Override
            public Integer exec(String item) {
                return item.length();
            }
        };
        Flow inner = Flow.named("inner").node("words", batch).forEach(shared -> List.of(Map.of("i", 1), Map.of("i", 2)))
                .build();
        Flow parallel = Flow.named("parallel").node("words", batch).forEach(shared -> List.of(Map.of("i", 1), Map.of("i", 2)))
                .concurrency(2).build();
        Flow fork = Flow.branches("fork", FLOW, Flow.named("other").node("n", NODE).build());
        Flow all = Flow.named("all").node("each", inner).then("parallel").node("parallel", parallel).then("fork")
                .node("fork", fork).then("away").node("away", new RemoteFlow("elsewhere")).build();

        Envelope envelope = new Envelope(Ulid.next(), "all", 0, 0, Map.of(), Position.START, Store.create(), List.of());
        int hops = 0;
        while (!envelope.target().equals("elsewhere")) {
            Outcome outcome = Run.resume(all, envelope).handOverWhen(next -> true).start();
            byte[] json = signed.pack(new HopMessage(((Outcome.HandedOver) outcome).envelope(), null, false), NO_LIMIT);
            EnvelopeSchema.check(json);
            envelope = signed.unpack(json).envelope();
            hops++;
        }

        assertThat(hops).isGreaterThan(10);
        assertThat(envelope.position().frames()).extracting(Position.Frame::flow).containsExactly("all", "elsewhere");
    }

    @Test
    void envelope_isAtMost700BytesLongerThanItsStore() {
        Store store = Store.create();
        for (int i = 0; i < 20; i++) {
            store.put("key" + i, "x".repeat(100));
        }
        Flow loop = Flow.named("agent").node("decide", NODE).then("search").node("search", NODE).then("answer")
                .node("answer", NODE)
                .build();
        byte[] json = signed.pack(message(loop, store), NO_LIMIT);

        String stored = text(json).replaceAll(".*\"store\":(\\{[^}]*}).*", "$1");
        assertThat(stored).hasSizeGreaterThan(2000);
        assertThat(json.length - stored.length()).isLessThanOrEqualTo(700);
    }

    @Test
    void expiredEnvelope_isRefused_fromTheSecondAfter() {
        byte[] json = signed.pack(message(Store.create()), NO_LIMIT);

        now = now.plus(Duration.ofDays(1));
        signed.unpack(json);
        now = now.plusSeconds(1);

        assertThatThrownBy(() -> signed.unpack(json)).isInstanceOf(EnvelopeRefused.class)
                .hasMessageContaining("quarkus.pocketflow.envelope.expires");
        assertThat(reason(() -> signed.unpack(json))).isEqualTo(Reason.EXPIRED);
    }

    @Test
    void moreHopsThanARunMayMake_areRefused() {
        EnvelopeCodec two = new EnvelopeCodec(ConfigValues.none(), new Seal(ConfigValues.none()), ClaimCheck.NONE, 2,
                () -> now);
        byte[] json = two.pack(message(Store.create()), NO_LIMIT);

        two.unpack(text(json).replace("\"hop\":1", "\"hop\":2").getBytes(StandardCharsets.UTF_8));
        assertThat(reason(() -> two.unpack(text(json).replace("\"hop\":1", "\"hop\":3").getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(Reason.TOO_MANY_HOPS);
    }

    @Test
    void limitToTheByte_isHandedOver_oneLess_isClaimed() {
        for (EnvelopeConfig config : List.of(ConfigValues.signed(Map.of("k", ConfigValues.K1)), ConfigValues.none())) {
            EnvelopeCodec envelopes = envelopes(config, kept);
            HopMessage message = message(Store.of(Map.of("text", "x".repeat(5000))));
            int length = envelopes.pack(message, NO_LIMIT).length;

            assertThat(envelopes.pack(message, length)).hasSize(length);
            assertThat(kept.content).isEmpty();
            byte[] claimed = envelopes.pack(message, length - 1);
            assertThat(claimed).hasSizeLessThan(1000);
            assertThat(kept.content).hasSize(1);
            kept.content.clear();
        }
    }

    @Test
    void claimedStore_isReadAndDeletedWhenTheRunEnds() {
        EnvelopeCodec envelopes = envelopes(ConfigValues.signed(Map.of("k", ConfigValues.K1)), kept);
        byte[] json = envelopes.pack(message(Store.of(Map.of("text", "x".repeat(5000)))), 1000);

        HopMessage back = envelopes.unpack(json);
        EnvelopeSchema.check(json);
        assertThat(back.claimed()).isTrue();
        assertThat(back.envelope().store().get("text")).isEqualTo("x".repeat(5000));
        assertThat(back.envelope().position().frames()).extracting(Position.Frame::node).containsExactly("b");

        HopMessage smaller = envelopes.unpack(envelopes.pack(back, NO_LIMIT));
        assertThat(smaller.claimed()).isTrue();
        envelopes.ended(smaller);
        assertThat(kept.content).isEmpty();
    }

    @Test
    void claimCheck_isEncrypted_whenTheEnvelopeIs() {
        String secret = "nobody sees this";
        Map<String, Object> large = Map.of("text", secret.repeat(300));

        envelopes(ConfigValues.signed(Map.of("k", ConfigValues.K1)), kept).pack(message(Store.of(large)), 1000);
        assertThat(kept.content.values()).allMatch(content -> text(content).contains(secret));
        kept.content.clear();

        EnvelopeCodec encrypted = envelopes(ConfigValues.encrypted(Map.of("k", ConfigValues.K1)), kept);
        byte[] json = encrypted.pack(message(Store.of(Map.of("noise", noise()))), 2000);
        EnvelopeSchema.check(json);
        assertThat(kept.content.values()).hasSize(1).noneMatch(content -> text(content).contains("noise"));
        assertThat(encrypted.unpack(json).envelope().store().get("noise")).isEqualTo(noise());
    }

    /** Data that compression does not make smaller. */
    private static List<Double> noise() {
        return new java.util.Random(1).doubles(500).boxed().toList();
    }

    @Test
    void changedClaimCheck_isRefused() {
        EnvelopeCodec envelopes = envelopes(ConfigValues.signed(Map.of("k", ConfigValues.K1)), kept);
        byte[] json = envelopes.pack(message(Store.of(Map.of("text", "x".repeat(5000)))), 1000);
        kept.content.replaceAll((reference, content) -> text(content).replace("xx", "yy").getBytes(StandardCharsets.UTF_8));

        assertThat(reason(() -> envelopes.unpack(json))).isEqualTo(Reason.BAD_SEAL);
    }

    @Test
    void tooLargeStore_failsWithoutAClaimCheck_andNamesTheKeys() {
        HopMessage message = message(Store.of(Map.of("text", "x".repeat(5000), "small", 1)));

        assertThatThrownBy(() -> signed.pack(message, 1000)).isInstanceOf(HandOverFailed.class)
                .hasMessageContaining("'text' (5002 bytes), 'small' (1 bytes)")
                .hasMessageContaining("quarkus.pocketflow.claim-check")
                .hasMessageNotContaining("xxx");
    }

    @Test
    void secrets_areEncryptedInAReadableEnvelope_andReadAsSecret() {
        Store store = Store.create().put("user", "ada").put(Key.secret("password", String.class), "hunter2").put("z", 1);

        byte[] json = signed.pack(message(store), NO_LIMIT);
        Store back = signed.unpack(json).envelope().store();

        EnvelopeSchema.check(json);
        assertThat(text(json)).doesNotContain("hunter2").contains("\"password\":null");
        assertThat(back.get("password")).isEqualTo("hunter2");
        assertThat(ModelAccess.get().secrets(back)).containsOnlyKeys("password");
        assertThat(back.asMap().keySet()).containsExactly("user", "password", "z");
    }

    @Test
    void secretsWithoutAKey_failTheHandOver() {
        EnvelopeCodec open = envelopes(ConfigValues.none(), ClaimCheck.NONE);
        HopMessage message = message(Store.create().put(Key.secret("password", String.class), "hunter2"));

        assertThatThrownBy(() -> open.pack(message, NO_LIMIT)).isInstanceOf(HandOverFailed.class)
                .hasMessageContaining("quarkus.pocketflow.envelope.secret-key").hasMessageContaining("password")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void invalidTrace_isReplaced() {
        EnvelopeCodec open = envelopes(ConfigValues.none(), ClaimCheck.NONE);
        byte[] json = text(open.pack(message(Store.create()), NO_LIMIT)).replace(TRACE, "00-abc")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(open.unpack(json).traceparent()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
    }

    @Test
    void reserialisedNumbers_areReadAsWholeNumbers() {
        EnvelopeCodec open = envelopes(ConfigValues.none(), ClaimCheck.NONE);
        String json = text(open.pack(message(Store.of(Map.of("n", 5))), NO_LIMIT)).replace("\"n\":5", "\"n\":5.0")
                .replace("\"hop\":1", "\"hop\":1.0").replace("\"steps\":1", "\"steps\":1e0");

        Envelope back = open.unpack(json.getBytes(StandardCharsets.UTF_8)).envelope();

        assertThat(back.hop()).isEqualTo(1);
        assertThat(back.steps()).isEqualTo(1);
        assertThat(back.store().get("n")).isEqualTo(5);
    }
}
