package dev.pocketflow.quarkus.internal.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.config.StatusConfig;
import dev.pocketflow.quarkus.config.StatusConfig.Readers;
import dev.pocketflow.quarkus.internal.claimcheck.ClaimCheck;
import dev.pocketflow.quarkus.internal.fixture.ConfigValues;
import dev.pocketflow.quarkus.internal.fixture.SettableClock;
import dev.pocketflow.quarkus.internal.ledger.Ledger;
import dev.pocketflow.quarkus.internal.ledger.MemoryLedger;
import dev.pocketflow.quarkus.internal.response.HopResponse;
import dev.pocketflow.quarkus.internal.response.HttpAnswer;
import dev.pocketflow.quarkus.internal.seal.Seal;
import dev.pocketflow.quarkus.internal.signal.SignalTokens;

class RunStatusesTest {

    private static final String RUN = "01M8159BT9N1P4WXSA0ZT0V1QG";
    private static final String OTHER = "01M8159BT9N1P4WXSA0ZT0V1QH";

    private final SettableClock clock = new SettableClock();
    private final MemoryLedger ledger = new MemoryLedger(Duration.ofDays(1), clock);
    private final Seal seal = new Seal(ConfigValues.signed(Map.of("k1", ConfigValues.K1)));
    private final SignalTokens tokens = new SignalTokens(seal, ClaimCheck.NONE, Integer.MAX_VALUE);

    private record Config(Readers readers, Duration maxWait) implements StatusConfig {
    }

    private RunStatuses statuses(Ledger of, Readers readers) {
        RunStatusReader reader = new RunStatusReader(of, seal);
        return new RunStatuses(reader, new OutcomeWatch(reader::read, Duration.ZERO, Runnable::run, (delay, task) -> {
            // nothing happens later
        }), tokens, new Config(readers, Duration.ofSeconds(30)), Runnable::run);
    }

    private void record(String answer) {
        Ledger.Turn turn = new Ledger.Turn(RUN, 0, "owner", clock.instant());
        ledger.claim(turn, clock.in(Duration.ofMinutes(1)));
        ledger.done(turn, answer.getBytes(UTF_8));
    }

    private HttpAnswer ask(Readers readers, String run, String token, boolean authenticated) {
        return statuses(ledger, readers).answer(new RunStatuses.Query(run, token, authenticated, Duration.ZERO))
                .toCompletableFuture().join();
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void tokenOfTheRun_readsItsStatus_whoeverSendsIt(boolean authenticated) {
        record("{\"status\":\"completed\",\"run\":\"" + RUN + "\",\"action\":\"default\"}");

        for (Readers readers : Readers.values()) {
            assertThat(ask(readers, RUN, tokens.cancellation(RUN), authenticated).status()).isEqualTo(200);
            assertThat(ask(readers, RUN, tokens.cancellation(OTHER), false).status()).isEqualTo(403);
            assertThatThrownBy(() -> ask(readers, RUN, "made up", false)).isInstanceOf(EnvelopeRefused.class);
        }
    }

    @Test
    void identifiedCaller_readsAnyStatus_whereTheApplicationSaysSo() {
        record("{\"status\":\"completed\",\"run\":\"" + RUN + "\",\"action\":\"default\"}");

        assertThat(ask(Readers.AUTHENTICATED, RUN, null, true).status()).isEqualTo(200);
        assertThat(ask(Readers.AUTHENTICATED, RUN, null, false).status()).isEqualTo(403);
        assertThat(ask(Readers.TOKEN, RUN, null, true).status()).isEqualTo(403);
    }

    @Test
    void unknownRun_isNotFound_butOnlyForWhoeverMayAsk() {
        assertThat(ask(Readers.TOKEN, RUN, tokens.cancellation(RUN), false).status()).isEqualTo(404);
        assertThat(ask(Readers.TOKEN, RUN, null, false).status()).isEqualTo(403);
        assertThat(ask(Readers.AUTHENTICATED, "../" + RUN, null, true).status()).isEqualTo(404);
        HttpAnswer none = statuses(Ledger.NONE, Readers.TOKEN).answer(new RunStatuses.Query(RUN, null, false, Duration.ZERO))
                .toCompletableFuture().join();
        assertThat(none.status()).isEqualTo(404);
        assertThat(new String(none.body(), UTF_8)).contains("Set quarkus.pocketflow.ledger");
    }

    @Test
    void waitingTime_isLimited_andUnknownWithoutALedger() {
        RunStatuses statuses = statuses(ledger, Readers.TOKEN);

        assertThat(statuses.wait("wait=10")).contains(Duration.ofSeconds(10));
        assertThat(statuses.wait("wait=3600")).contains(Duration.ofSeconds(30));
        assertThat(statuses.wait(null)).isEmpty();
        assertThat(statuses(Ledger.NONE, Readers.TOKEN).wait("wait=10")).isEmpty();
    }

    private HopResponse follow(String answer, Duration wait) {
        return statuses(ledger, Readers.TOKEN).follow(HopResponse.again(answer.getBytes(UTF_8)), wait).toCompletableFuture()
                .join();
    }

    private static String left(String more) {
        return "{\"status\":\"handed-over\",\"run\":\"" + RUN + "\",\"flow\":\"f\",\"hop\":1" + more + "}";
    }

    @ParameterizedTest
    @ValueSource(strings = { "completed", "failed" })
    void runThatLeft_isFollowedToItsEnd(String status) {
        record("{\"status\":\"" + status + "\",\"run\":\"" + RUN + "\",\"failure\":{\"flow\":\"f\",\"type\":\"T\",\"message\":"
                + "\"no ink\"}}");

        HopResponse end = follow(left(""), Duration.ofSeconds(10));

        assertThat(end.status()).isEqualTo(status.equals("completed") ? 200 : 500);
        assertThat(end.run()).isEqualTo(RUN);
    }

    @Test
    void answerStays_whenTheRunDoesNotEndInTime_orNobodyElseContinuesIt() {
        assertThat(new String(follow(left(""), Duration.ofMillis(1)).json(), UTF_8)).as("unknown").isEqualTo(left(""));
        record(left(""));
        assertThat(new String(follow(left(""), Duration.ofMillis(1)).json(), UTF_8)).isEqualTo(left(""));
        for (String own : new String[] { left(",\"envelope\":{\"pocketflow\":1}"),
                "{\"status\":\"suspended\",\"run\":\"" + RUN + "\",\"flow\":\"f\",\"hop\":1,\"signal\":\"s\"}",
                "{\"status\":\"cancelling\",\"run\":\"" + RUN + "\",\"hop\":1}" }) {
            assertThat(new String(follow(own, Duration.ofDays(1)).json(), UTF_8)).isEqualTo(own);
        }
    }
}
