package dev.pocketflow.quarkus.internal.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.Await;
import dev.pocketflow.Flow;
import dev.pocketflow.FlowException;
import dev.pocketflow.Node;
import dev.pocketflow.Wait;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.RunResult;
import dev.pocketflow.quarkus.RunStatus;
import dev.pocketflow.quarkus.internal.engine.HopEngine;
import dev.pocketflow.quarkus.internal.entry.EventParser;
import dev.pocketflow.quarkus.internal.fixture.ConfigValues;
import dev.pocketflow.quarkus.internal.fixture.LedgerConfigValues;
import dev.pocketflow.quarkus.internal.fixture.SettableClock;
import dev.pocketflow.quarkus.internal.fixture.TestFunction;
import dev.pocketflow.quarkus.internal.json.RawMember;
import dev.pocketflow.quarkus.internal.ledger.ForgetfulLedger;
import dev.pocketflow.quarkus.internal.ledger.Ledger;
import dev.pocketflow.quarkus.internal.ledger.LedgerOver;
import dev.pocketflow.quarkus.internal.ledger.MemoryLedger;
import dev.pocketflow.quarkus.internal.park.DirectoryFailedRunStore;
import dev.pocketflow.quarkus.internal.park.FailedRunStore;
import dev.pocketflow.quarkus.internal.park.ParkProgress;
import dev.pocketflow.quarkus.internal.seal.Seal;

/** The status of a run, in each way that a hop can leave it. */
class RunStatusTest {

    private static final Duration KEEP = LedgerConfigValues.KEEP;
    private static final Flow ASK = Flow.named("ask").node("ask", Await.signal("approved").expires(Duration.ofDays(30)))
            .on("yes", "pay").ends("expired").node("pay", Node.route(shared -> null)).build();

    private final SettableClock clock = new SettableClock();
    private final Ledger ledger = new MemoryLedger(KEEP, clock);
    private final Seal seal = new Seal(ConfigValues.signed(Map.of("k1", ConfigValues.K1)));

    @TempDir
    Path parked;

    private TestFunction function(Flow flow, String... config) {
        return new TestFunction(flow, ledger, FailedRunStore.NONE, clock, config);
    }

    private RunStatus status(JsonNode answer) {
        return find(answer.path("run").asText()).orElseThrow();
    }

    private Optional<RunStatus> find(String run) {
        return new RunStatusReader(ledger, seal).read(run);
    }

    @Test
    void nothingIsKnown_ofARunThatNeverWas() {
        assertThat(find("01M8159BT9N1P4WXSA0ZT0V1QG")).isEmpty();
    }

    @Test
    void runningRun_isTold_withTheEndOfItsClaim() {
        AtomicReference<RunStatus> seen = new AtomicReference<>();
        AtomicReference<TestFunction> function = new AtomicReference<>();
        function.set(function(Flow.named("look").node("look", Node.route(shared -> {
            seen.set(find(function.get().heard.get(0).run()).orElseThrow());
            return null;
        })).build()));

        JsonNode answer = function.get().send("{}");

        assertThat(seen.get())
                .isEqualTo(new RunStatus.Running(answer.path("run").asText(), 0, clock.in(Duration.ofMinutes(15))));
    }

    @Test
    void completedRun_isTold_withWhatItGives() {
        JsonNode answer = function(Flow.named("one").node("one", Node.route(shared -> null)).build()).send("{\"a\":1}");

        assertThat(status(answer)).isInstanceOfSatisfying(RunResult.Completed.class,
                done -> assertThat(done.store().asMap()).isEqualTo(Map.of("a", 1)));
        clock.pass(KEEP);
        assertThat(find(answer.path("run").asText())).isEmpty();
    }

    @Test
    void suspendedRun_isTold_asLongAsItRests_andWithoutItsTokens() {
        TestFunction function = function(ASK);
        JsonNode answer = function.send("{}");
        clock.pass(KEEP.multipliedBy(5));

        assertThat(status(answer)).isInstanceOfSatisfying(RunResult.Suspended.class, waiting -> {
            assertThat(waiting.signal()).isEqualTo("approved");
            assertThat(waiting.until()).isPresent();
            assertThat(waiting.token()).isEmpty();
            assertThat(waiting.cancelToken()).isEmpty();
        });
        function.signal(answer.path("token").asText(), "yes", "Ada");
        assertThat(status(answer)).isInstanceOfSatisfying(RunResult.Completed.class,
                done -> assertThat(done.store().asMap()).isEqualTo(Map.of("approved", "Ada")));
    }

    @Test
    void runThatReturnsBeforeItsTime_restsAgain() {
        TestFunction function = function(
                Flow.named("cool").node("cool", Wait.of(Duration.ofDays(9))).then("end").node("end", Node.route(shared -> null))
                        .build());
        JsonNode answer = function.send("{}");
        function.send(new String(function.timed.get(0).body(), UTF_8));

        assertThat(status(answer)).isInstanceOfSatisfying(RunResult.HandedOver.class,
                left -> assertThat(left.until()).contains(clock.in(Duration.ofDays(9))));
        clock.pass(Duration.ofDays(9));
        function.send(new String(function.timed.get(1).body(), UTF_8));
        assertThat(status(answer)).isInstanceOf(RunResult.Completed.class);
    }

    @Test
    void cancelledRun_isToldUntilItIsParked() {
        TestFunction function = function(ASK);
        JsonNode answer = function.send("{}");
        ledger.cancel(answer.path("run").asText(), Duration.ofDays(9));

        assertThat(status(answer)).isEqualTo(new RunStatus.Cancelling(answer.path("run").asText(), 1));
        function.signal(answer.path("token").asText(), "yes", null);
        assertThat(status(answer)).isInstanceOfSatisfying(RunResult.Failed.class,
                failed -> assertThat(failed.message()).contains("cancelled"));
    }

    private static Flow failing(AtomicInteger times) {
        return Flow.named("fails").node("fails", Node.route(shared -> {
            if (times.getAndDecrement() > 0) {
                throw new FlowException("no ink");
            }
            return null;
        })).build();
    }

    @Test
    void failedRun_isTold_whereOnlyItsAnswerHasTheEnvelope() {
        JsonNode answer = function(failing(new AtomicInteger(1))).send("{}");

        assertThat(status(answer)).isInstanceOfSatisfying(RunResult.Failed.class, failed -> {
            assertThat(failed.flow()).isEqualTo("fails");
            assertThat(failed.node()).contains("fails");
            assertThat(failed.message()).contains("no ink");
            assertThat(failed.envelope()).isEmpty();
        });
        Seal other = new Seal(ConfigValues.signed(Map.of("k2", ConfigValues.K2)));
        assertThat(new RunStatusReader(ledger, other).read(answer.path("run").asText()))
                .as("by a function with other keys").contains(new RunStatus.Interrupted(answer.path("run").asText(), 0));
    }

    @Test
    void parkedRun_isFailed_untilItIsResumed() {
        FailedRunStore park = new DirectoryFailedRunStore(parked, envelope -> ParkProgress.of(seal, envelope));
        TestFunction function = new TestFunction(failing(new AtomicInteger(2)), ledger, park, clock);
        JsonNode answer = function.send("{}");
        clock.pass(KEEP.multipliedBy(5));

        assertThat(status(answer)).isInstanceOfSatisfying(RunResult.Failed.class, failed -> {
            assertThat(failed.message()).contains("no ink");
            assertThat(failed.store().asMap()).as("a state is small").isEmpty();
        });
        String again = function.send(answer.path("envelope").toString()).path("envelope").toString();
        assertThat(status(answer)).isInstanceOf(RunResult.Failed.class);
        function.send(again);
        assertThat(status(answer)).isInstanceOf(RunResult.Completed.class);
    }

    @Test
    void runThatNobodyWorksOn_isInterrupted() {
        String run = "01M8159BT9N1P4WXSA0ZT0V1QG";
        Ledger.Turn dead = new Ledger.Turn(run, 0, "dead", clock.instant());
        ledger.claim(dead, clock.in(Duration.ofMinutes(1)));
        assertThat(find(run)).contains(new RunStatus.Running(run, 0, clock.in(Duration.ofMinutes(1))));
        clock.pass(Duration.ofMinutes(1));
        assertThat(find(run)).contains(new RunStatus.Interrupted(run, 0));
        ledger.cancel(run, Duration.ZERO);
        assertThat(find(run)).contains(new RunStatus.Cancelling(run, 0));
    }

    /** The hops that a reader looks at, in a run of a hundred. */
    private static final class Counting implements LedgerOver {
        private final Ledger ledger;
        private int found;
        private int states;

        Counting(Ledger ledger) {
            this.ledger = ledger;
        }

        @Override
        public Ledger ledger() {
            return ledger;
        }

        @Override
        public void recordState(String run, int hop, byte[] state, Duration atLeast) {
            states++;
            LedgerOver.super.recordState(run, hop, state, atLeast);
        }

        @Override
        public Optional<Claim> found(String run, int hop) {
            found++;
            return LedgerOver.super.found(run, hop);
        }
    }

    @Test
    void longRun_isFound_inFewReads_andCostsFewWrites() {
        Counting counting = new Counting(ledger);
        TestFunction function = new TestFunction(Flow.named("count").node("count", Node.route(shared -> {
            shared.put("n", ((Number) shared.asMap().getOrDefault("n", 0)).intValue() + 1);
            return ((Number) shared.asMap().get("n")).intValue() < 100 ? "more" : "enough";
        })).on("more", "count").ends("enough").build(), counting, FailedRunStore.NONE, clock, "hand-over", "caller",
                "budget.steps", "1");
        JsonNode answer = function.send("{}");
        String run = answer.path("run").asText();
        int most = 0;
        while (answer.has("envelope")) {
            clock.pass(KEEP.dividedBy(20)); // five times as long as hops are known
            answer = function.send(answer.path("envelope").toString());
            counting.found = 0;
            assertThat(new RunStatusReader(counting, seal).read(run)).isPresent();
            most = Math.max(most, counting.found);
        }
        assertThat(answer.path("status").asText()).isEqualTo("completed");
        clock.pass(KEEP.minusSeconds(1));
        assertThat(find(run)).hasValueSatisfying(end -> assertThat(end).isInstanceOf(RunResult.Completed.class));
        assertThat(most).isLessThanOrEqualTo(HopRecorder.STRIDE + 2);
        assertThat(counting.states).as("of 100 hops").isLessThanOrEqualTo(7);
    }

    /** A status tells the numbers of the answer, also those that a double would change. */
    @Test
    void numbersOfTheStore_areToldAsTheAnswerHasThem() {
        String numbers = "{\"a\":0.12345678901234567890123,\"b\":1.2345678901234567890E+30,\"c\":-0.0,\"d\":[98765432109876543210]}";
        TestFunction function = function(Flow.named("one").node("one", Node.route(shared -> null)).build());
        byte[] answer = function.engine.begin(EventParser.direct(numbers.getBytes(UTF_8)), HopEngine.Caller.PLAIN).start()
                .json();
        String run = TestFunction.json(answer).path("run").asText();

        String told = new String(RawMember.of(new RunStatusReader(ledger, seal).status(run).orElseThrow(), "store"), UTF_8);

        assertThat(told).isEqualTo(new String(RawMember.of(answer, "store"), UTF_8)).contains("0.12345678901234567890123",
                "1234567890123456789000000000000", "-0.0", "98765432109876543210");
    }

    @Test
    void runThatEndsInItsFirstHop_costsNoFurtherWrite() {
        Counting counting = new Counting(ledger);
        new TestFunction(Flow.named("one").node("one", Node.route(shared -> null)).build(), counting, FailedRunStore.NONE,
                clock).send("{}");

        assertThat(counting.states).isZero();
    }

    @Test
    void lateCopy_doesNotTakeTheStatusBack() {
        ForgetfulLedger forgetful = new ForgetfulLedger(ledger);
        TestFunction function = new TestFunction(ASK, forgetful, FailedRunStore.NONE, clock);
        JsonNode answer = function.send("{}");
        forgetful.forgets = false;
        String token = answer.path("token").asText();
        function.signal(token, "yes", null);
        assertThatThrownBy(() -> function.signal(token, "yes", null)).isInstanceOf(EnvelopeRefused.class);

        assertThat(status(answer)).isInstanceOf(RunResult.Completed.class);
    }

    @Test
    void statusIsRefused_withoutALedger() {
        assertThatThrownBy(() -> new RunStatusReader(Ledger.NONE, seal).read("01M8159BT9N1P4WXSA0ZT0V1QG"))
                .isInstanceOf(BadEvent.class).hasMessageContaining("Set quarkus.pocketflow.ledger");
    }
}
