package dev.pocketflow.quarkus.internal.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.Await;
import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;
import dev.pocketflow.quarkus.internal.claimcheck.ClaimCheck;
import dev.pocketflow.quarkus.internal.fixture.ConfigValues;
import dev.pocketflow.quarkus.internal.fixture.SettableClock;
import dev.pocketflow.quarkus.internal.fixture.TestFunction;
import dev.pocketflow.quarkus.internal.ledger.Ledger;
import dev.pocketflow.quarkus.internal.ledger.MemoryLedger;
import dev.pocketflow.quarkus.internal.park.FailedRunStore;
import dev.pocketflow.quarkus.internal.seal.Seal;
import dev.pocketflow.quarkus.internal.signal.SignalTokens;

/** The token in the start's answer cancels a run; the run's id does not. */
class CancellationTest {

    private static final String RUN = "01M8159BT9N1P4WXSA0ZT0V1QG";
    private static final String OTHER = "01M8159BT9N1P4WXSA0ZT0V1QH";
    private static final Flow FLOW = Flow.named("ask").node("ask", Await.signal("approved")).on("yes", "pause").on("no", "pay")
            .node("pause", Await.signal("approved")).on("yes", "pay").on("no", "pay").node("pay", Node.route(shared -> null))
            .build();

    private final SettableClock clock = new SettableClock();

    private TestFunction counter(Ledger ledger) {
        return new TestFunction(FLOW, ledger, FailedRunStore.NONE, clock);
    }

    private Ledger ledger() {
        return new MemoryLedger(Duration.ofDays(1), clock);
    }

    private static JsonNode cancel(TestFunction counter, String token) {
        return counter.send("{\"pocketflow\":{\"cancel\":\"" + token + "\"}}");
    }

    private static SignalTokens tokens(ConfigValues settings) {
        return new SignalTokens(new Seal(settings), ClaimCheck.NONE, Integer.MAX_VALUE);
    }

    static List<ConfigValues> sealing() {
        return List.of(ConfigValues.signed(Map.of("k1", ConfigValues.K1)),
                ConfigValues.encrypted(Map.of("k1", ConfigValues.K1)),
                ConfigValues.signed(Map.of("k1", ConfigValues.PAIR)),
                new ConfigValues(ConfigValues.none().seal(), Map.of("k1", ConfigValues.K1), Optional.empty(), Optional.empty(),
                        2048, 9));
    }

    @ParameterizedTest
    @MethodSource("sealing")
    void tokenBelongsToItsRun_withTheSameKeys(ConfigValues settings) {
        String token = tokens(settings).cancellation(RUN);

        assertThat(tokens(settings).cancelled(token)).isEqualTo(RUN);
        assertThat(token).matches("[A-Za-z0-9._-]{100,400}").isNotEqualTo(tokens(settings).cancellation(OTHER));
    }

    @Test
    void tokenOfAFormerKey_isAccepted_whileTheKeyIsConfigured() {
        String token = tokens(ConfigValues.signed(Map.of("k1", ConfigValues.K1))).cancellation(RUN);

        assertThat(tokens(ConfigValues.signed(Map.of("k1", ConfigValues.K1, "k2", ConfigValues.K2)).key("k2")).cancelled(token))
                .isEqualTo(RUN);
        refused(Reason.UNKNOWN_KEY, ConfigValues.signed(Map.of("k2", ConfigValues.K2)), token);
        refused(Reason.BAD_SEAL, ConfigValues.signed(Map.of("k1", ConfigValues.K2)), token);
    }

    private static void refused(Reason reason, ConfigValues settings, String token) {
        assertThatThrownBy(() -> tokens(settings).cancelled(token)).as(token)
                .isInstanceOfSatisfying(EnvelopeRefused.class, refused -> assertThat(refused.reason()).isEqualTo(reason))
                .hasMessageNotContaining(RUN);
    }

    @Test
    void tokenOfAnotherRunPurposeOrKey_isRefused() {
        ConfigValues settings = ConfigValues.signed(Map.of("k1", ConfigValues.K1));
        Seal seal = new Seal(settings);
        String token = tokens(settings).cancellation(RUN);
        String[] parts = token.split("\\.");

        refused(Reason.BAD_SEAL, settings, parts[0] + "." + base64(OTHER) + "." + parts[2]);
        refused(Reason.BAD_SEAL, settings, seal.sign("another purpose", RUN));
        refused(Reason.BAD_SEAL, settings, parts[0] + "." + parts[1] + "." + base64("x".repeat(32)));
        refused(Reason.MALFORMED, settings, base64("{\"alg\":\"none\"}") + "." + parts[1] + ".");
        for (String each : List.of(RUN, "", ".", "..", "a.b.c", token + "=", token + ".", token.substring(1), parts[0] + ".."
                + parts[2])) {
            refused(each.equals(parts[0] + ".." + parts[2]) ? Reason.BAD_SEAL : Reason.MALFORMED, settings, each);
        }
        String envelope = new String(seal.close("{\"pocketflow\":1,\"cancel\":\"x\"}".getBytes(UTF_8)), UTF_8);
        refused(Reason.MALFORMED, settings, base64(envelope));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    @Test
    void runIsCancelled_byTheTokenOfTheStartsAnswer() {
        TestFunction counter = counter(ledger());
        JsonNode started = counter.send("{}");

        assertThat(cancel(counter, started.path("cancel").asText()).path("status").asText()).isEqualTo("cancelling");

        assertThat(counter.signal(started.path("token").asText(), "yes", null).at("/failure/message").asText())
                .contains("cancelled");
    }

    /** The sender of a signal or an envelope did not start the run. */
    @Test
    void tokenIsInTheFirstAnswerOnly() {
        TestFunction counter = counter(ledger());
        JsonNode started = counter.send("{}");

        JsonNode signalled = counter.signal(started.path("token").asText(), "yes", null);

        assertThat(signalled.path("status").asText()).isEqualTo("suspended");
        assertThat(signalled.has("cancel")).isFalse();
        assertThat(counter.signal(signalled.path("token").asText(), "yes", null).has("cancel")).isFalse();
        assertThat(started.has("cancel")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "0123456789ABCDEFGHJKMNPQRS", RUN })
    void idOfARun_doesNotCancelIt(String id) {
        TestFunction counter = counter(ledger());

        assertThatThrownBy(() -> cancel(counter, id)).isInstanceOf(BadEvent.class)
                .hasMessageContaining("the id of a run").hasMessageContaining("which cannot cancel it")
                .hasMessageNotContaining(id);
    }

    @Test
    void answerHasNoToken_whenNothingCouldBeCancelled() {
        assertThat(counter(Ledger.NONE).send("{}").has("cancel")).isFalse();
    }

    @Test
    void onlyTheApplicationCancels_withoutASeal() {
        SignalTokens open = tokens(ConfigValues.none());
        String token = tokens(ConfigValues.signed(Map.of("k1", ConfigValues.K1))).cancellation(RUN);

        assertThat(open.cancellation(RUN)).isNull();
        refused(Reason.UNKNOWN_KEY, ConfigValues.none(), token);
        refused(Reason.MALFORMED, ConfigValues.none(), base64("{\"pocketflow\":1,\"cancel\":\"" + RUN + "\"}"));
    }

    @Test
    void cancellation_needsALedger() {
        TestFunction counter = counter(Ledger.NONE);
        String token = tokens(ConfigValues.signed(Map.of("k1", ConfigValues.K1))).cancellation(RUN);

        assertThatThrownBy(() -> cancel(counter, token)).isInstanceOf(BadEvent.class).hasMessageContaining("there is no ledger")
                .hasMessageNotContaining(RUN);
    }
}
