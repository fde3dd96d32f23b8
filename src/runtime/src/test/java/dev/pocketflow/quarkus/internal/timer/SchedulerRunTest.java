package dev.pocketflow.quarkus.internal.timer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.Await;
import dev.pocketflow.Flow;
import dev.pocketflow.Node;
import dev.pocketflow.Store;
import dev.pocketflow.Wait;
import dev.pocketflow.cloud.scheduler.LocalScheduler;
import dev.pocketflow.cloud.scheduler.Schedule;
import dev.pocketflow.internal.json.Json;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.RunSuspended;
import dev.pocketflow.quarkus.config.PocketFlowConfig;
import dev.pocketflow.quarkus.internal.claimcheck.ClaimCheck;
import dev.pocketflow.quarkus.internal.cloudevent.EventIdentity;
import dev.pocketflow.quarkus.internal.contract.FlowContracts;
import dev.pocketflow.quarkus.internal.engine.HandOverPlanner;
import dev.pocketflow.quarkus.internal.engine.HopEngine;
import dev.pocketflow.quarkus.internal.engine.HopServices;
import dev.pocketflow.quarkus.internal.engine.StepDurations;
import dev.pocketflow.quarkus.internal.entry.EventParser;
import dev.pocketflow.quarkus.internal.envelope.EnvelopeCodec;
import dev.pocketflow.quarkus.internal.fixture.AwsSdkSettings;
import dev.pocketflow.quarkus.internal.fixture.ConfigValues;
import dev.pocketflow.quarkus.internal.fixture.InMemoryClaimCheck;
import dev.pocketflow.quarkus.internal.ledger.ForgetfulLedger;
import dev.pocketflow.quarkus.internal.ledger.Ledger;
import dev.pocketflow.quarkus.internal.ledger.MemoryLedger;
import dev.pocketflow.quarkus.internal.park.FailedRunStore;
import dev.pocketflow.quarkus.internal.response.HopResponse;
import dev.pocketflow.quarkus.internal.seal.Seal;
import dev.pocketflow.quarkus.internal.signal.SignalTokens;
import dev.pocketflow.quarkus.internal.telemetry.StepLog;
import dev.pocketflow.quarkus.internal.wiring.ServiceFactory;
import dev.pocketflow.testing.FakeTime;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Runs that wait by a scheduler with the service's protocol, and a clock that the test advances. */
class SchedulerRunTest {

    private static final String FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function:f";
    private static final Duration TWO_HOURS = Duration.ofHours(2);

    private final FakeTime time = new FakeTime();
    private final LocalScheduler scheduler = LocalScheduler.start(time, (function, input) -> {
        assertThat(function).isEqualTo(FUNCTION);
        handle(input, null);
    });
    private final AwsSdkSettings settings = new AwsSdkSettings(scheduler.endpoint().toString());
    private final List<JsonNode> answers = new ArrayList<>();
    private final List<RunSuspended> suspended = new ArrayList<>();
    private final InMemoryClaimCheck kept = new InMemoryClaimCheck();
    private int visits;
    private HopEngine engine;

    @AfterEach
    void stop() {
        settings.close();
        scheduler.close();
    }

    private final Node<Integer, Void> step = new Node<>() {
        @Override
        public Integer prep(Store shared) {
            return (Integer) shared.find("failures").orElse(0);
        }

        @Override
        public Void exec(Integer failures) {
            if (visits++ < failures) {
                throw new IllegalStateException("down");
            }
            return null;
        }
    };

    private Flow waiting() {
        return Flow.named("f").node("wait", Wait.of(TWO_HOURS)).then("step").node("step", step).build();
    }

    private Flow awaiting() {
        return Flow.named("f").node("ask", Await.signal("approved").expires(Duration.ofDays(30))).on("yes", "step")
                .ends(Await.EXPIRED).node("step", step).build();
    }

    private void serve(Flow flow, Ledger ledger, ClaimCheck claims, InstantSource clock) {
        Map<String, String> values = new HashMap<>(
                Map.of("quarkus.pocketflow.hand-over", "lambda", "quarkus.pocketflow.lambda.function",
                        FUNCTION, "quarkus.pocketflow.timer", "scheduler", "quarkus.pocketflow.scheduler.role",
                        "arn:aws:iam::123456789012:role/wake",
                        "quarkus.pocketflow.envelope.keys.k1", ConfigValues.K1, "quarkus.pocketflow.log.steps", "false"));
        PocketFlowConfig config = new SmallRyeConfigBuilder().withMapping(PocketFlowConfig.class).addDiscoveredConverters()
                .withDefaultValues(values).build().getConfigMapping(PocketFlowConfig.class);
        Seal seal = new Seal(config.envelope());
        EnvelopeCodec envelopes = new EnvelopeCodec(config.envelope(), seal, claims, 1000, clock);
        SignalTokens tokens = new SignalTokens(seal, claims, Integer.MAX_VALUE);
        HandOverPlanner planner = new HandOverPlanner(Map.of("f", flow), flow, config, ServiceFactory.out(config),
                ServiceFactory.timer(config, clock, null),
                envelopes, tokens);
        engine = new HopEngine(flow, new StepDurations(Map.of()), config,
                new HopServices(new FlowContracts(List.of(flow)), planner, envelopes, tokens, ledger, FailedRunStore.NONE,
                        new StepLog(config.log()), () -> Runnable::run, clock, event -> {
                        }, false, suspended::add));
    }

    private void serve(Flow flow) {
        serve(flow, new MemoryLedger(Duration.ofDays(1), time), ClaimCheck.NONE, time);
    }

    private HopResponse handle(String event, String id) {
        HopResponse answer = engine
                .begin(EventParser.direct(event.getBytes(UTF_8)).withIdentity(EventIdentity.Kind.LAMBDA, id),
                        HopEngine.Caller.PLAIN)
                .start();
        answers.add(json(answer.json()));
        return answer;
    }

    private static JsonNode json(byte[] json) {
        try {
            return Json.MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> statuses() {
        return answers.stream().map(each -> each.path("status").asText()).toList();
    }

    private JsonNode last() {
        return answers.get(answers.size() - 1);
    }

    @Test
    void runThatWaitsTwoHours_ends() {
        serve(waiting());
        handle("{\"text\":\"<aws.scheduler.execution-id>\"}", null);
        assertThat(scheduler.schedules()).extracting(Schedule::at).containsExactly(time.instant().plus(TWO_HOURS));

        time.advance(TWO_HOURS.minusSeconds(1));
        assertThat(statuses()).containsExactly("handed-over");
        time.advance(Duration.ofSeconds(1));
        assertThat(statuses()).containsExactly("handed-over", "completed");
        assertThat(last().at("/store/text").asText()).isEqualTo("<aws.scheduler.execution-id>");
        assertThat(scheduler.schedules()).isEmpty();
    }

    @Test
    void duplicateEvent_hasOneSchedule_alsoWithoutALedger() {
        serve(waiting(), Ledger.NONE, ClaimCheck.NONE, time);
        handle("{}", "1");
        handle("{}", "1");
        assertThat(scheduler.schedules()).hasSize(1);

        time.advance(TWO_HOURS);
        assertThat(statuses()).containsExactly("handed-over", "handed-over", "completed");
    }

    @Test
    void hopThatCrashedAfterItsHandOver_hasOneSchedule_whenItResumes() {
        ForgetfulLedger ledger = new ForgetfulLedger(new MemoryLedger(Duration.ofDays(1), time));
        serve(waiting(), ledger, ClaimCheck.NONE, time);
        handle("{}", "1");
        time.advance(Duration.ofMinutes(20)); // its claim is over, too
        ledger.forgets = false;
        handle("{}", "1");
        assertThat(scheduler.schedules()).hasSize(1);

        time.advance(TWO_HOURS);
        assertThat(statuses()).containsExactly("handed-over", "handed-over", "completed");
    }

    @Test
    void runThatReturnsEarly_waitsByItsSchedule() {
        serve(waiting());
        handle("{}", null);
        String envelope = scheduler.schedules().get(0).input();
        time.advance(Duration.ofHours(1));
        handle(envelope, null);

        assertThat(scheduler.schedules()).hasSize(1);
        time.advance(Duration.ofHours(1));
        assertThat(statuses()).containsExactly("handed-over", "handed-over", "completed");
    }

    @Test
    void runThatReturnsEarlyByAFastClock_isNotLost() {
        InstantSource behind = () -> time.instant().minusSeconds(5);
        serve(waiting(), new MemoryLedger(Duration.ofDays(1), behind), ClaimCheck.NONE, behind);
        handle("{}", null);
        time.advance(TWO_HOURS.plusMinutes(1));

        assertThat(statuses()).containsExactly("handed-over", "handed-over", "completed");
    }

    @Test
    void failedNode_isRetriedLater() {
        serve(Flow.named("f").node("step", step).retryLater(Duration.ofHours(5), 3).build());
        handle("{\"failures\":2}", null);
        time.advance(Duration.ofHours(5));
        time.advance(Duration.ofHours(5));

        assertThat(statuses()).containsExactly("handed-over", "handed-over", "completed");
        assertThat(visits).isEqualTo(3);
    }

    @Test
    void missingSignal_expires() {
        serve(awaiting());
        handle("{}", null);
        time.advance(Duration.ofDays(30));

        assertThat(statuses()).containsExactly("suspended", "completed");
        assertThat(last().path("action").asText()).isEqualTo(Await.EXPIRED);
    }

    @Test
    void scheduleChangesNothing_afterTheSignal() {
        serve(awaiting());
        handle("{}", null);
        handle("{\"pocketflow\":{\"token\":\"" + suspended.get(0).token() + "\",\"signal\":\"approved\",\"action\":\"yes\"}}",
                null);
        time.advance(Duration.ofDays(30));

        assertThat(statuses()).containsExactly("suspended", "completed", "completed");
        assertThat(last()).isEqualTo(answers.get(1));
        assertThat(visits).isEqualTo(1);
    }

    @Test
    void scheduleParksTheRun_afterACancellation() {
        serve(waiting());
        handle("{}", null);
        engine.cancel(last().path("run").asText());
        time.advance(TWO_HOURS);

        assertThat(statuses()).containsExactly("handed-over", "failed");
        assertThat(last().at("/failure/message").asText()).contains("cancelled");
    }

    @Test
    void hopIsFree_whenTheServiceIsBusy_andItsEventResumes() {
        serve(waiting());
        scheduler.throttle(3);
        assertThat(handle("{}", "1").message()).contains("ThrottlingException", "throttled after the SDK's retries");
        assertThat(scheduler.schedules()).isEmpty();

        handle("{}", "1");
        time.advance(TWO_HOURS);
        assertThat(statuses()).containsExactly("failed", "handed-over", "completed");
    }

    @Test
    void tooLargeStore_goesToTheClaimCheck() {
        serve(waiting(), Ledger.NONE, kept, time);
        handle("{\"text\":\"" + "x".repeat(262_144) + "\"}", null);
        assertThat(kept.content).hasSize(1);
        assertThat(scheduler.schedules().get(0).input().length()).isLessThan(2_000);

        time.advance(TWO_HOURS);
        assertThat(last().at("/store/text").asText()).hasSize(262_144);
    }

    @Test
    void runFails_whenTheStoreIsTooLargeWithoutAClaimCheck() {
        serve(waiting());

        assertThat(handle("{\"text\":\"" + "x".repeat(262_144) + "\"}", null).message())
                .contains("is larger than the 262144 bytes that it may have on its way out", "'text'");
    }

    @Test
    void changedEnvelopeOfASchedule_isRefused() {
        serve(waiting());
        handle("{\"n\":1}", null);
        String changed = scheduler.schedules().get(0).input().replace("\"n\":1", "\"n\":2");

        assertThatThrownBy(() -> handle(changed, null)).isInstanceOf(EnvelopeRefused.class);
    }
}
