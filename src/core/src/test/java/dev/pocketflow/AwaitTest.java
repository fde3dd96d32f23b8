package dev.pocketflow;

import static dev.pocketflow.Steps.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

class AwaitTest {

    private final Store store = Store.create();
    private final Flow flow = Flow.named("flow").node("draft", trace("draft")).then("approval")
            .node("approval", Await.signal("approved").expires(Duration.ofDays(2))).on("yes", "send").on("no", "draft")
            .on("expired", "remind").ends("never")
            .node("send", trace("send")).node("remind", trace("remind")).build();
    private final Days days = new Days(flow);

    @Test
    void runIsSuspended_andGoesOnWithTheSignal() {
        Outcome.Suspended suspended = (Outcome.Suspended) days.start(store);
        assertThat(suspended.signal()).isEqualTo("approved");
        assertThat(suspended.envelope().hop()).isEqualTo(1);
        days.pass(Duration.ofHours(20));

        Run run = days.later(suspended);
        assertThat(run.awaits()).isEqualTo("approved");
        Outcome outcome = run.signal("approved", "yes", Map.of("by", "Ada")).start();

        assertThat(trace(outcome.orThrow().store())).containsExactly("draft", "send");
        assertThat(outcome.store().get("approved")).isEqualTo(Map.of("by", "Ada"));
        assertThat(run.path().get(1)).matches(step -> step.node().equals("approval") && step.action().equals("yes")
                && step.nanos() == Duration.ofHours(20).toNanos());
    }

    @Test
    void signalThatLeadsBack_isWaitedForAgain() {
        Outcome again = days.later(days.start(store)).signal("approved", "no", null).start();

        assertThat(again).isInstanceOf(Outcome.Suspended.class);
        assertThat(trace(again.store())).containsExactly("draft", "draft");
        assertThat(days.later(again).signal("approved", "yes", null).start()).isInstanceOf(Outcome.Completed.class);
    }

    @Test
    void runThatIsResumedWithoutTheSignal_staysSuspended() {
        Outcome again = days.later(days.start(store)).start();

        assertThat(again).isInstanceOf(Outcome.Suspended.class);
        assertThat(trace(again.store())).containsExactly("draft");
    }

    @Test
    void expiry_hasItsOwnEdge() {
        Outcome suspended = days.start(store);
        days.pass(Duration.ofDays(2));

        assertThat(trace(days.later(suspended).start().orThrow().store())).containsExactly("draft", "remind");
    }

    @Test
    void signalAfterTheExpiry_isRefused() {
        Outcome suspended = days.start(store);
        days.pass(Duration.ofDays(2));

        refused(days.later(suspended), "approved", "yes",
                "waited for signal 'approved' at node 'approval' of flow 'flow' until "
                        + "2026-01-03T00:00:00Z, and it came later");
    }

    @Test
    void signalThatTheRunNeverAskedFor_isRefused() {
        refused(days.later(days.start(store)), "payment", "yes",
                "waits for signal 'approved' at node 'approval' of flow 'flow', and got 'payment'");
    }

    @Test
    void signalForARunThatWaitsForNone_isRefused() {
        refused(Run.of(flow, store), "approved", "yes", "waits for no signal, and got 'approved'");
    }

    @Test
    void actionWithoutEdge_isRefused() {
        refused(days.later(days.start(store)), "approved", "maybe",
                "takes [yes, no, never] as the action of signal 'approved' at node 'approval' of flow 'flow', and got 'maybe'");
    }

    @Test
    void expiryThatSomebodyClaims_isRefused() {
        refused(days.later(days.start(store)), "approved", "expired", "takes [yes, no, never] as the action");
    }

    private static void refused(Run run, String signal, String action, String message) {
        assertThatThrownBy(() -> run.signal(signal, action, null)).isInstanceOf(FlowException.UnexpectedSignal.class)
                .hasMessageContaining(message);
    }

    @Test
    void awaitWithoutEdges_takesAnyAction_andEndsTheFlow() {
        Days clock = new Days(Steps.flow(Await.signal("go")));
        Outcome.Suspended suspended = (Outcome.Suspended) clock.start(store);
        assertThat(suspended.envelope().until()).isNull();
        assertThat(suspended.envelope().isEndless()).isTrue();

        assertThat(clock.later(suspended).signal("go", "left", null).start().orThrow().action()).isEqualTo("left");
    }

    @Test
    void awaitInANestedFlow_isReachedThroughTheStack() {
        Days clock = new Days(Flow.named("outer").node("inner", flow).then("end").node("end", trace("end")).build());

        Outcome outcome = clock.later(clock.start(store)).signal("approved", "yes", null).start();

        assertThat(trace(outcome.orThrow().store())).containsExactly("draft", "send", "end");
    }

    @Test
    void awaitInAnIteration_seesItsParams() {
        Flow each = Flow.named("each").node("wait", Await.signal("go")).then("x").node("x", Steps.posting(shared -> {
            Steps.traced(shared, shared.params().get("i") + "" + shared.get("go"));
            return null;
        })).forEach(shared -> java.util.List.of(Map.of("i", 1), Map.of("i", 2))).build();
        Days clock = new Days(each);

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
        Run run = days.later(days.start(store)).signal("approved", "yes", null);
        run.cancel();

        Outcome.Failed parked = (Outcome.Failed) run.start();

        assertThat(parked.failure()).isInstanceOf(FlowException.Stopped.class).hasMessageContaining("cancelled");
        assertThat(days.later(parked).start()).isInstanceOf(Outcome.Suspended.class); // it has not taken the signal
    }
}
