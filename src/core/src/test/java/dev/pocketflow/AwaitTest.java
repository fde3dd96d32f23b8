package dev.pocketflow;

import static dev.pocketflow.TestSteps.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AwaitTest {

    private final Store store = Store.create();
    private final Flow flow = Flow.named("flow").node("draft", trace("draft")).then("approval")
            .node("approval", Await.signal("approved").expires(Duration.ofDays(2))).on("yes", "send").on("no", "draft")
            .on("expired", "remind").ends("never")
            .node("send", trace("send")).node("remind", trace("remind")).build();
    private final WaitingRun waiting = new WaitingRun(flow);

    @Test
    void run_isSuspended_andContinuesWithTheSignal() {
        Outcome.Suspended suspended = (Outcome.Suspended) waiting.start(store);
        assertThat(suspended.signal()).isEqualTo("approved");
        assertThat(suspended.envelope().hop()).isEqualTo(1);
        waiting.pass(Duration.ofHours(20));

        Run run = waiting.later(suspended);
        assertThat(run.awaits()).isEqualTo("approved");
        Outcome outcome = run.signal("approved", "yes", Map.of("by", "Ada")).start();

        assertThat(trace(outcome.orThrow().store())).containsExactly("draft", "send");
        assertThat(outcome.store().get("approved")).isEqualTo(Map.of("by", "Ada"));
        assertThat(run.path().get(1)).matches(step -> step.node().equals("approval") && step.action().equals(Optional.of("yes"))
                && step.duration().equals(Duration.ofHours(20)));
    }

    /** A requester can write a value under the signal's name. It must not count as an approver's. */
    @Test
    void valueUnderTheSignalsName_isRemoved_whenTheWaitBegins() {
        store.put("approved", Map.of("by", "the requester"));

        Outcome suspended = waiting.start(store);

        assertThat(suspended.store().find("approved")).isEmpty();
        assertThat(waiting.later(suspended).signal("approved", "yes", null).start().orThrow().store().find("approved"))
                .isEmpty();
    }

    @Test
    void valueUnderTheSignalsName_isRemoved_whenTheWaitExpires() {
        Outcome suspended = waiting.start(store.put("approved", "the requester's"));
        waiting.pass(Duration.ofDays(2));

        assertThat(waiting.later(suspended).start().orThrow().store().find("approved")).isEmpty();
    }

    @Test
    void payloadOfTheLastWait_isRemoved_whenTheNextWaitBegins() {
        Outcome again = waiting.later(waiting.start(store)).signal("approved", "no", "not like this").start();

        assertThat(again.store().find("approved")).isEmpty();
    }

    /** An envelope can hold an old payload: it was written before the key was cleared, or by a signal that was cancelled. */
    @Test
    void signalWithoutAPayload_leavesNone() {
        Run cancelled = waiting.later(waiting.start(store)).signal("approved", "no", "taken back");
        cancelled.cancel();

        Run run = waiting.later(cancelled.start()).signal("approved", "yes", null);

        assertThat(run.start().orThrow().store().find("approved")).isEmpty();
    }

    record Approval(String by, int level) {
    }

    private static final Key<Approval> APPROVAL = Key.of("approved", Approval.class);
    private final WaitingRun typed = new WaitingRun(
            Flow.named("flow").node("ask", Await.signal(APPROVAL)).ends("yes").ends("no").build());

    static Stream<Object> payloadsOfAnotherType() {
        return Stream.of("yes", 5, true, List.of(1), Map.of("by", List.of(1), "level", 1),
                Map.of("by", "Ada", "level", "high"), Map.of("level", 1.5), "");
    }

    @ParameterizedTest
    @MethodSource("payloadsOfAnotherType")
    void payloadOfAnotherType_isRefused_andTheRunStillWaits(Object payload) {
        Run run = typed.later(typed.start(store));

        assertThatThrownBy(() -> run.signal("approved", "yes", payload)).isInstanceOf(FlowException.BadPayload.class)
                .hasMessageContaining("the payload of signal 'approved' cannot be read as " + Approval.class.getName());

        assertThat(run.awaits()).isEqualTo("approved");
        assertThat(run.start()).isInstanceOf(Outcome.Suspended.class);
        assertThat(run.signal("approved", "yes", Map.of("by", "Ada", "level", 2)).awaits()).isNull();
    }

    @Test
    void payloadOfTheSignalsType_isThatType_andMayBeAbsent() {
        Outcome done = typed.later(typed.start(store)).signal("approved", "yes", Map.of("by", "Ada", "level", 2)).start();
        Outcome without = typed.later(typed.start(Store.create())).signal("approved", "no", null).start();

        assertThat(done.orThrow().store().get("approved")).isEqualTo(new Approval("Ada", 2));
        assertThat(without.orThrow().store().find(APPROVAL)).isEmpty();
    }

    @Test
    void payloadOfASecretKey_isSecret() {
        WaitingRun secret = new WaitingRun(TestSteps.flow(Await.signal(Key.secret("pin", String.class))));

        Outcome done = secret.later(secret.start(store)).signal("pin", null, "1234").start();

        assertThat(done.store().toJson()).containsEntry("pin", null);
        assertThat(done.store().secrets()).containsEntry("pin", "1234");
    }

    @Test
    void keyOfAnotherName_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Await("approved", null, Key.of("other", String.class)))
                .withMessageContaining("must have the signal's name, was 'other'");
    }

    @Test
    void signalThatLeadsBack_isWaitedForAgain() {
        Outcome again = waiting.later(waiting.start(store)).signal("approved", "no", null).start();

        assertThat(again).isInstanceOf(Outcome.Suspended.class);
        assertThat(trace(again.store())).containsExactly("draft", "draft");
        assertThat(waiting.later(again).signal("approved", "yes", null).start()).isInstanceOf(Outcome.Completed.class);
    }

    @Test
    void runThatIsResumedWithoutTheSignal_staysSuspended() {
        Outcome again = waiting.later(waiting.start(store)).start();

        assertThat(again).isInstanceOf(Outcome.Suspended.class);
        assertThat(trace(again.store())).containsExactly("draft");
    }

    @Test
    void expiry_hasItsOwnEdge() {
        Outcome suspended = waiting.start(store);
        waiting.pass(Duration.ofDays(2));

        assertThat(trace(waiting.later(suspended).start().orThrow().store())).containsExactly("draft", "remind");
    }

    @Test
    void signalAfterTheExpiry_isRefused() {
        Outcome suspended = waiting.start(store);
        waiting.pass(Duration.ofDays(2));

        refused(waiting.later(suspended), "approved", "yes",
                "waited for signal 'approved' at node 'approval' of flow 'flow' until "
                        + "2026-01-03T00:00:00Z, and it came later");
    }

    @Test
    void signalOfAnotherName_isRefused() {
        refused(waiting.later(waiting.start(store)), "payment", "yes",
                "waits for signal 'approved' at node 'approval' of flow 'flow', and got 'payment'");
    }

    @Test
    void signalForARunThatWaitsForNone_isRefused() {
        refused(TestRuns.of(flow, store), "approved", "yes", "waits for no signal, and got 'approved'");
    }

    @Test
    void actionWithoutEdge_isRefused() {
        refused(waiting.later(waiting.start(store)), "approved", "maybe",
                "takes [yes, no, never] as the action of signal 'approved' at node 'approval' of flow 'flow', and got 'maybe'");
    }

    @Test
    void expirySentAsASignal_isRefused() {
        refused(waiting.later(waiting.start(store)), "approved", "expired", "takes [yes, no, never] as the action");
    }

    private static void refused(Run run, String signal, String action, String message) {
        assertThatThrownBy(() -> run.signal(signal, action, null)).isInstanceOf(FlowException.UnexpectedSignal.class)
                .hasMessageContaining(message);
    }

    @Test
    void awaitWithoutEdges_takesAnyAction_andEndsTheFlow() {
        WaitingRun clock = new WaitingRun(TestSteps.flow(Await.signal("go")));
        Outcome.Suspended suspended = (Outcome.Suspended) clock.start(store);
        assertThat(suspended.envelope().until()).isNull();
        assertThat(suspended.envelope().isEndless()).isTrue();

        assertThat(clock.later(suspended).signal("go", "left", null).start().orThrow().action()).isEqualTo("left");
    }

    @Test
    void awaitInANestedFlow_isReachedThroughTheStack() {
        WaitingRun clock = new WaitingRun(
                Flow.named("outer").node("inner", flow).then("end").node("end", trace("end")).build());

        Outcome outcome = clock.later(clock.start(store)).signal("approved", "yes", null).start();

        assertThat(trace(outcome.orThrow().store())).containsExactly("draft", "send", "end");
    }

    @Test
    void awaitInAnIteration_seesItsParams() {
        Flow each = Flow.named("each").node("wait", Await.signal("go")).then("x").node("x", TestSteps.posting(shared -> {
            TestSteps.traced(shared, shared.params().get("i") + "" + shared.get("go"));
            return null;
        })).forEach(shared -> List.of(Map.of("i", 1), Map.of("i", 2))).build();
        WaitingRun clock = new WaitingRun(each);

        Outcome first = clock.later(clock.start(store)).signal("go", null, "a").start();
        Outcome second = clock.later(first).signal("go", null, "b").start();

        assertThat(trace(second.orThrow().store())).containsExactly("1a", "2b");
    }

    @Test
    void awaitBesideOthers_isRefusedByBuild() {
        Flow part = Flow.named("part").node("wait", Await.signal("go")).build();

        assertThatThrownBy(() -> Flow.branches("gather", part)).isInstanceOf(FlowException.InvalidFlow.class)
                .hasMessageContaining("node 'wait' of flow 'part' is an Await, in a part that runs beside others");
    }

    @Test
    void cancelledRun_isNotSuspendedButParked() {
        Run run = waiting.later(waiting.start(store)).signal("approved", "yes", null);
        run.cancel();

        Outcome.Failed parked = (Outcome.Failed) run.start();

        assertThat(parked.failure()).isInstanceOf(FlowException.Stopped.class).hasMessageContaining("cancelled");
        assertThat(waiting.later(parked).start()).isInstanceOf(Outcome.Suspended.class); // it has not received the signal
    }
}
