package dev.pocketflow.quarkus.internal.envelope;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.pocketflow.Envelope;
import dev.pocketflow.FlowException;
import dev.pocketflow.Key;
import dev.pocketflow.Store;
import dev.pocketflow.engine.position.Position;
import dev.pocketflow.quarkus.internal.claimcheck.ClaimCheck;
import dev.pocketflow.quarkus.internal.claimcheck.DirectoryClaimCheck;
import dev.pocketflow.quarkus.internal.claimcheck.DirectoryClaimCheckTest;
import dev.pocketflow.quarkus.internal.fixture.ConfigValues;
import dev.pocketflow.quarkus.internal.response.OutcomeWriter;
import dev.pocketflow.quarkus.internal.seal.Seal;

/** A member that cannot be read again fails a hand-over and an answer alike, and is named. */
class UnreadableValueTest {

    private static final String RUN = "01M81HZEMJ4DMNC96AZJ2RJ20K";

    record Section(String heading, Object text) {
    }

    @TempDir
    static Path claims;

    private static Object deep(int levels) {
        Object value = 1;
        for (int i = 0; i < levels; i++) {
            value = i % 2 == 0 ? new ArrayList<>(List.of(value)) : Map.of("a", value);
        }
        return value;
    }

    static List<Arguments> values() {
        return List.of(Arguments.of(List.of("fine", "cut\ud83d"), "half a surrogate pair"),
                Arguments.of(Map.of("a", Map.of("b\ude00", 1)), "half a surrogate pair"),
                Arguments.of(new Section("h", List.of(Optional.of("\ud83d"))), "half a surrogate pair"),
                Arguments.of(deep(199), "max-depth"), Arguments.of(new Section("h", deep(198)), "max-depth"));
    }

    private static EnvelopeCodec envelopes(ConfigValues settings, ClaimCheck claims) {
        return new EnvelopeCodec(settings, new Seal(settings), claims, 1000, InstantSource.system());
    }

    private static List<EnvelopeCodec> all() {
        ConfigValues signed = ConfigValues.signed(Map.of("k1", ConfigValues.K1));
        return List.of(envelopes(signed, ClaimCheck.NONE), envelopes(ConfigValues.none(), ClaimCheck.NONE),
                envelopes(ConfigValues.encrypted(Map.of("k1", ConfigValues.K1)), ClaimCheck.NONE));
    }

    private static HopMessage message(Store store, List<Position.Frame> position) {
        return new HopMessage(new Envelope(RUN, "flow", 1, 1, Map.of(), new Position(position), store, List.of()), null, false);
    }

    @ParameterizedTest
    @MethodSource("values")
    void unreadableMember_isRefusedInEnvelopeAndAnswer_namingTheKey(Object value, String problem) {
        Store store = Store.create().put("fine", "😀").put("odd", value);

        for (EnvelopeCodec envelopes : all()) {
            assertThatThrownBy(() -> envelopes.pack(message(store, List.of()), Integer.MAX_VALUE))
                    .isInstanceOf(FlowException.BadValue.class).hasMessageContaining("store key 'odd'")
                    .hasMessageContaining(problem);
        }
        byte[] answer = OutcomeWriter.object(json -> OutcomeWriter.store(json, store.toJson()));
        assertThatThrownBy(() -> UnwritableValue.check(answer, store, 200)).isInstanceOf(FlowException.BadValue.class)
                .hasMessageContaining("store key 'odd'").hasMessageContaining(problem);
    }

    @ParameterizedTest
    @MethodSource("values")
    void unreadableMember_isRefusedAtTheClaimCheckAndInSecrets(Object value, String problem) {
        EnvelopeCodec claiming = envelopes(ConfigValues.signed(Map.of("k1", ConfigValues.K1)),
                new DirectoryClaimCheck(DirectoryClaimCheckTest.Claims.of(claims, null)));
        Store large = Store.create().put("large", "x".repeat(5000)).put("odd", value);
        assertThatThrownBy(() -> claiming.pack(message(large, List.of()), 2000)).isInstanceOf(FlowException.BadValue.class)
                .hasMessageContaining("store key 'odd'").hasMessageContaining(problem);

        Store hidden = Store.create().put(Key.of("odd", Object.class).secret(), value);
        assertThatThrownBy(() -> all().get(0).pack(message(hidden, List.of()), Integer.MAX_VALUE))
                .isInstanceOf(FlowException.BadValue.class).hasMessageContaining("store key 'odd'");
    }

    private static Position.Frame batch(List<?> items, Map<Integer, Object> results) {
        return new Position.Frame("flow", "node", null, null, false, null, new Position.Batch(1, items, results, 1, 1),
                Map.of(), null,
                0, 0);
    }

    @Test
    void itemsResultsAndParams_areNamedByFlowAndNode() {
        EnvelopeCodec envelopes = all().get(0);
        assertThatThrownBy(
                () -> envelopes.pack(message(Store.create(), List.of(batch(List.of(1, List.of("\ud83d")), Map.of()))),
                        Integer.MAX_VALUE))
                .hasMessageContaining("flow 'flow', node 'node': item 1 has half a surrogate pair");
        assertThatThrownBy(
                () -> envelopes.pack(message(Store.create(), List.of(batch(List.of(1, 2), Map.of(1, List.of("\ud83d"))))),
                        Integer.MAX_VALUE))
                .hasMessageContaining("the result of item 1 has half a surrogate pair");
        assertThatThrownBy(() -> envelopes.pack(
                message(Store.create(), List.of(new Position.Frame("flow", "node", null, null, false,
                        new Position.Loop(List.of(Map.of("p", List.of("\ud83d"))), 0), null, Map.of(), null, 0, 0))),
                Integer.MAX_VALUE))
                .hasMessageContaining("the params of iteration 0 has half a surrogate pair");
    }

    /** A value of the store may be an item too, which is deeper in the envelope. */
    @Test
    void deepestValueOfAStore_canBeAnItem() {
        Object deepest = deep(198);
        Store store = Store.create().put("value", deepest);
        for (EnvelopeCodec envelopes : all()) {
            assertThatCode(
                    () -> envelopes.unpack(envelopes.pack(message(store, List.of(batch(List.of(deepest), Map.of(0, deepest)))),
                            Integer.MAX_VALUE)))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void cutMessage_doesNotPreventParking() {
        HopMessage failed = message(Store.create().put("n", BigInteger.ONE), List.of())
                .at(message(Store.create(), List.of()).envelope(), new HopMessage.Failure("flow", "node", "t", "no \ud83d"));
        assertThatCode(() -> all().get(0).pack(failed, Integer.MAX_VALUE)).doesNotThrowAnyException();
    }
}
