package dev.pocketflow.quarkus.internal.signal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.Await;
import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.RunEvent;
import dev.pocketflow.Wait;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;
import dev.pocketflow.quarkus.internal.fixture.LedgerConfigValues;
import dev.pocketflow.quarkus.internal.fixture.SettableClock;
import dev.pocketflow.quarkus.internal.fixture.TestFunction;
import dev.pocketflow.quarkus.internal.ledger.MemoryLedger;
import dev.pocketflow.quarkus.internal.park.FailedRunStore;
import dev.pocketflow.quarkus.internal.response.HopResponse;

/** The receivers of a suspended run's token, and the cancellation of such a run. */
class SuspensionTest {

    private static final Flow FLOW = Flow.named("order").node("draft", Node.route(shared -> null)).then("approval")
            .node("approval", Await.signal("approved").expires(Duration.ofDays(30))).on("yes", "pay").ends("expired")
            .node("pay", Node.route(shared -> null)).build();

    private final SettableClock clock = new SettableClock();

    private TestFunction counter(Flow flow, boolean inAnswer) {
        return new TestFunction(flow, new MemoryLedger(LedgerConfigValues.KEEP, clock), FailedRunStore.NONE, clock,
                "signal.token-in-answer",
                Boolean.toString(inAnswer));
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void tokenIsInTheAnswer_whenConfigured_andAlwaysInTheEvent(boolean inAnswer) {
        TestFunction counter = counter(FLOW, inAnswer);
        String event = "{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"/orders\",\"type\":\"order\",\"data\":{}}";

        JsonNode suspended = counter.send(event);
        JsonNode again = counter.send(event);

        String token = counter.told.get(0).token();
        assertThat(suspended.path("status").asText()).isEqualTo("suspended");
        assertThat(suspended.path("signal").asText()).isEqualTo("approved");
        assertThat(suspended.path("until").asText()).contains("T");
        assertThat(suspended.has("token")).isEqualTo(inAnswer);
        assertThat(suspended.toString().contains(token)).isEqualTo(inAnswer);
        assertThat(again).as("from the ledger").isEqualTo(suspended);
        assertThat(counter.signal(token, "yes", null).path("status").asText()).isEqualTo("completed");
    }

    @Test
    void tokenIsNotInTheAnswer_whenTheTimerIsEarly() {
        TestFunction counter = counter(FLOW, false);
        counter.send("{}");

        JsonNode early = counter.send(new String(counter.timed.get(0).body(), UTF_8));

        assertThat(early.path("status").asText()).isEqualTo("suspended");
        assertThat(early.has("token")).isFalse();
    }

    /** The envelope of a run that waits is worth as much as a token. */
    @Test
    void failedSuspension_answersAnEnvelopeThatResumes() {
        TestFunction counter = counter(FLOW, false);
        counter.deaf = new IllegalStateException("the mail is down");
        JsonNode failed = counter.send("{}");
        counter.deaf = null;
        String envelope = failed.path("envelope").toString();
        String forged = Base64.getUrlEncoder().withoutPadding().encodeToString(envelope.getBytes(UTF_8));

        assertThat(failed.path("status").asText()).isEqualTo("failed");
        assertThatThrownBy(() -> counter.signal(forged, "yes", null)).isInstanceOfSatisfying(EnvelopeRefused.class,
                refused -> assertThat(refused.reason()).isEqualTo(Reason.UNEXPECTED_SIGNAL));
        assertThat(counter.told).isEmpty();
        assertThat(counter.send(envelope).path("status").asText()).isEqualTo("suspended");
        assertThat(counter.signal(counter.told.get(0).token(), "yes", null).path("status").asText()).isEqualTo("completed");
    }

    @Test
    void failedSuspension_isToldAfterTheSuspension() {
        TestFunction counter = counter(FLOW, false);
        counter.deaf = new IllegalStateException("the mail is down");
        counter.send("{}");

        assertThat(counter.heard).filteredOn(event -> !(event instanceof RunEvent.StepEvent)).hasExactlyElementsOfTypes(
                RunEvent.RunStarted.class, RunEvent.Suspended.class, RunEvent.Failed.class);
    }

    @Test
    void failedSuspension_keepsItsExpiry_whenTheTokenMayBeAnswered() {
        TestFunction counter = counter(FLOW, true);
        counter.deaf = new IllegalStateException("the mail is down");

        JsonNode failed = counter.send("{}");

        assertThat(failed.at("/envelope/position/0/pause/until").asText()).isEqualTo(clock.in(Duration.ofDays(30)).toString());
    }

    @Test
    void cancelledRunThatWaits_isParkedWhenItResumes() {
        Flow flow = Flow.named("order").node("cool", Wait.of(Duration.ofDays(90))).then("pay")
                .node("pay", Node.route(shared -> null)).build();
        TestFunction counter = counter(flow, true);
        String token = counter.send("{}").path("cancel").asText();

        JsonNode cancelling = counter.send("{\"pocketflow\":{\"cancel\":\"" + token + "\"}}");
        clock.pass(Duration.ofDays(90)); // far longer than the ledger remembers outcomes
        JsonNode parked = counter.send(new String(counter.timed.get(0).body(), UTF_8));

        assertThat(cancelling.path("status").asText()).isEqualTo("cancelling");
        assertThat(cancelling.path("message").asText()).contains("is suspended is parked when it resumes");
        assertThat(parked.path("status").asText()).isEqualTo("failed");
        assertThat(parked.at("/failure/message").asText()).contains("cancelled");
        assertThat(parked.has("envelope")).isTrue();
    }

    record Approved(String by) {
    }

    static Stream<Object> badPayloads() {
        Object deep = "x";
        for (int i = 0; i < 250; i++) {
            deep = List.of(deep);
        }
        return Stream.of("no object", Map.of("by", List.of()), Map.of("by", deep), Map.of("by", "x".repeat(20_000)));
    }

    @ParameterizedTest
    @MethodSource("badPayloads")
    void payloadOfAnotherType_isABadEvent_andTheTokenStaysUsable(Object payload) {
        Flow flow = Flow.named("order").node("approval", Await.signal(Key.of("approved", Approved.class))).ends("yes").build();
        TestFunction counter = new TestFunction(flow, new MemoryLedger(LedgerConfigValues.KEEP, clock), FailedRunStore.NONE,
                clock,
                "envelope.max-bytes",
                "10000");
        String token = counter.send("{\"approved\":{\"by\":\"the requester\"}}").path("token").asText();

        assertThatThrownBy(() -> counter.signal(token, "yes", payload)).isInstanceOfSatisfying(BadEvent.class, bad -> {
            assertThat(bad.status()).isEqualTo(400);
            assertThat(bad).hasMessageContaining("the payload of signal 'approved'").hasMessageContaining("send it again");
        });

        assertThat(counter.signal(token, "yes", Map.of("by", "Ada")).at("/store/approved/by").asText()).isEqualTo("Ada");
    }

    @Test
    void deepPayload_isABadEvent() {
        TestFunction counter = counter(FLOW, true);
        String token = counter.send("{}").path("token").asText();
        Object deep = "x";
        for (int i = 0; i < 199; i++) {
            deep = List.of(deep);
        }
        Object tooDeep = deep;

        assertThatThrownBy(() -> counter.signal(token, "yes", tooDeep)).isInstanceOf(BadEvent.class)
                .hasMessageContaining("quarkus.pocketflow.envelope.max-depth");
    }

    @Test
    void everyRefusalHasAStatus() {
        assertThat(
                Map.of(Reason.USED, 409, Reason.EXPIRED, 410, Reason.BAD_SEAL, 403, Reason.MALFORMED, 400, Reason.UNKNOWN_FLOW,
                        404, Reason.TOO_LARGE, 413))
                .allSatisfy((reason, status) -> {
                    assertThat(reason.status()).isEqualTo(status);
                    assertThat(HopResponse.refused(new EnvelopeRefused(reason, "made up")).status()).isEqualTo(status);
                });
    }
}
