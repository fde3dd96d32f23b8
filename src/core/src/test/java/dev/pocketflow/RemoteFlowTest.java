package dev.pocketflow;

import static dev.pocketflow.TestSteps.acting;
import static dev.pocketflow.TestSteps.posting;
import static dev.pocketflow.TestSteps.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.pocketflow.engine.position.Position;

/** A run that moves to another function and comes back. */
class RemoteFlowTest {

    private static final RemoteFlow B = new RemoteFlow("b");
    private static final RemoteFlow C = new RemoteFlow("c");

    private final Store store = Store.create();

    private static HandedOverRun onlyToOthers(Flow... flows) {
        return new HandedOverRun(flows).handOverWhen(next -> false);
    }

    private static Node<Object, Object> traceParams(String name) {
        return posting(shared -> {
            TestSteps.traced(shared, name + shared.params());
            return null;
        });
    }

    private static Flow a() {
        return Flow.named("a").node("before", trace("before")).then("away").node("away", B).on("good", "behind")
                .on("bad", "never").node("behind", trace("behind", "end")).node("never", trace("never")).build();
    }

    @Test
    void run_isHandedOverToTheOther_withTheReturnAddress() {
        Run run = TestRuns.of(a(), store);

        Envelope envelope = ((Outcome.HandedOver) run.start()).envelope();

        assertThat(envelope.target()).isEqualTo("b");
        assertThat(envelope.flow()).isEqualTo("a");
        assertThat(HandedOverRun.places(envelope)).containsExactly("a/away", "b");
        assertThat(envelope.position().frames()).extracting(Position.Frame::remote).containsExactly(false, true);
        assertThat(envelope.position().frames().get(0).graph()).isEqualTo(a().fingerprint());
        assertThat(run.steps()).as("the way there counts, as the entry of a nested flow does").isEqualTo(2);
    }

    @Test
    void other_handsBackWithItsAction_andTheCallerIsRoutedByIt() {
        HandedOverRun hops = onlyToOthers(a(), Flow.named("b").node("work", trace("work", "good")).build());

        Outcome outcome = hops.start(store);

        assertThat(outcome.orThrow().action()).isEqualTo("end");
        assertThat(trace(outcome.store())).containsExactly("before", "work", "behind");
        assertThat(hops.sent).extracting(Envelope::target).containsExactly("b", "a");
        assertThat(hops.sent.get(1).position().frames().get(0).action()).isEqualTo("good");
        assertThat(hops.sent).extracting(Envelope::run).containsOnly(hops.run.id());
        assertThat(hops.run.hop()).isEqualTo(2);
        assertThat(hops.run.steps()).isEqualTo(4);
        assertThat(hops.run.path()).extracting(step -> step.flow() + "/" + step.node()).containsExactly("a/before", "b/work",
                "a/behind");
    }

    /** An action without an edge ends the caller, as the action of a nested flow does. */
    @Test
    void actionWithoutAnEdge_endsTheCaller() {
        HandedOverRun hops = onlyToOthers(Flow.named("a").node("away", B).ends("odd").build(),
                Flow.named("b").node("work", acting("whatever")).after((shared, action) -> "odd").build());

        assertThat(hops.start(store).orThrow().action()).isEqualTo("odd");
    }

    @Test
    void otherFunction_isHandedOverToItself_betweenItsSteps() {
        Flow b = Flow.named("b").node("one", trace("one")).then("two").node("two", trace("two", "good")).build();
        HandedOverRun hops = new HandedOverRun(a(), b);

        Outcome outcome = hops.start(store);

        assertThat(trace(outcome.orThrow().store())).containsExactly("before", "one", "two", "behind");
        assertThat(hops.sent).extracting(Envelope::target).containsExactly("a", "b", "b", "a");
        assertThat(hops.places()).containsExactly(List.of("a/away"), List.of("a/away", "b"), List.of("a/away", "b/two"),
                List.of("a/away"));
        assertThat(hops.sent.get(2).position().frames()).extracting(Position.Frame::graph).containsExactly(a().fingerprint(),
                b.fingerprint());
    }

    @Test
    void otherFails_parksTheRunThere_andReturnsAfterResume() {
        AtomicBoolean failed = new AtomicBoolean();
        HandedOverRun hops = onlyToOthers(a(), Flow.named("b").node("work", posting(shared -> {
            if (failed.compareAndSet(false, true)) {
                throw new IllegalStateException("made up");
            }
            return "good";
        })).build());

        Outcome parked = hops.start(store);
        Outcome outcome = hops.resume(parked);

        assertThat(((Outcome.Failed) parked).envelope().target()).isEqualTo("b");
        assertThat(trace(outcome.orThrow().store())).containsExactly("before", "behind");
    }

    @Test
    void remoteOfARemote_comesBackThroughBoth() {
        Flow b = Flow.named("b").node("before", trace("b")).then("on").node("on", C).on("c done", "behind")
                .node("behind", trace("b again", "good")).build();
        HandedOverRun hops = onlyToOthers(a(), b, Flow.named("c").node("work", trace("c", "c done")).build());

        Outcome outcome = hops.start(store);

        assertThat(trace(outcome.orThrow().store())).containsExactly("before", "b", "c", "b again", "behind");
        assertThat(hops.sent).extracting(Envelope::target).containsExactly("b", "c", "b", "a");
        assertThat(hops.places().get(1)).containsExactly("a/away", "b/on", "c");
    }

    @Test
    void recursion_returnsThroughEveryCall() {
        Flow a = Flow.named("a").node("down", posting(shared -> {
            int depth = (Integer) shared.update("depth", old -> old == null ? 1 : (Integer) old + 1);
            TestSteps.traced(shared, depth);
            return depth < 3 ? "deeper" : "bottom";
        })).on("deeper", "away").on("bottom", "up").node("away", B).then("up").node("up", trace("up")).build();
        Flow b = Flow.named("b").node("again", new RemoteFlow("a")).then("back").node("back", trace("back")).build();
        HandedOverRun hops = onlyToOthers(a, b);

        Outcome outcome = hops.start(store);

        assertThat(trace(outcome.orThrow().store())).containsExactly(1, 2, 3, "up", "back", "up", "back", "up");
        assertThat(hops.sent).extracting(Envelope::target).containsExactly("b", "a", "b", "a", "b", "a", "b", "a");
        assertThat(hops.sent.get(3).position().frames()).hasSize(5);
    }

    @Test
    void remoteInANestedFlow_continuesThere() {
        Flow inner = Flow.named("inner").node("away", B).on("good", "behind").node("behind", trace("behind", "out")).build();
        Flow outer = Flow.named("outer").node("nested", inner).on("out", "last").node("last", trace("last")).build();
        HandedOverRun hops = onlyToOthers(outer, Flow.named("b").node("work", trace("work", "good")).build());

        Outcome outcome = hops.start(store);

        assertThat(trace(outcome.orThrow().store())).containsExactly("work", "behind", "last");
        assertThat(hops.places()).containsExactly(List.of("outer/nested", "inner/away", "b"),
                List.of("outer/nested", "inner/away"));
    }

    @Test
    void remoteInAnIteration_seesItsParams_andTheNextIterationComesAfterIt() {
        Flow each = Flow.named("each").node("away", B).then("behind").node("behind", traceParams("behind"))
                .forEach(shared -> List.of(Map.of("i", 0), Map.of("i", 1))).build();
        Flow b = Flow.named("b").node("one", traceParams("one")).then("two").node("two", traceParams("two")).build();

        Outcome outcome = new HandedOverRun(each, b).start(store);

        assertThat(trace(outcome.orThrow().store())).containsExactly("one{i=0}", "two{i=0}", "behind{i=0}", "one{i=1}",
                "two{i=1}", "behind{i=1}");
    }

    /**
     * The remote flow sees the params of the iteration around it, as a nested flow does. A flow without params or a function
     * may be between them.
     */
    @Test
    void remoteBelowAnIteration_seesItsParams() {
        Flow inner = Flow.named("inner").node("away", B).build();
        Flow each = Flow.named("each").node("nested", inner).forEach(shared -> List.of(Map.of("i", 0), Map.of("i", 1))).build();
        Flow b = Flow.named("b").node("one", traceParams("b")).then("on").node("on", C).build();
        Flow c = Flow.named("c").node("one", traceParams("c")).then("two").node("two", traceParams("c"))
                .forEach(shared -> List.of(Map.of("j", shared.params().get("i")))).build();

        Outcome outcome = new HandedOverRun(each, b, c).start(store);

        assertThat(trace(outcome.orThrow().store())).containsExactly("b{i=0}", "c{i=0, j=0}", "c{i=0, j=0}", "b{i=1}",
                "c{i=1, j=1}", "c{i=1, j=1}");
    }

    @Test
    void maxSteps_countsInEveryFunction() {
        Flow a = Flow.named("a").node("away", B).then("away").build();
        Flow b = Flow.named("b").node("work", trace("work")).build();

        Outcome outcome = onlyToOthers(a, b).with(run -> run.maxSteps(7)).start(store);

        assertThat(TestSteps.failure(outcome)).isInstanceOf(FlowException.Stopped.class);
        assertThat(trace(outcome.store())).hasSize(3);
        assertThat(((Outcome.Failed) outcome).envelope().steps()).isEqualTo(7);
    }

    @Test
    void envelopeForAnotherFlow_isRefused_namingBoth() {
        Envelope envelope = ((Outcome.HandedOver) TestRuns.of(a(), store).start()).envelope();

        assertThatExceptionOfType(FlowException.Drifted.class)
                .isThrownBy(() -> TestRuns.resume(a(), EnvelopeRoundTrip.of(envelope))).withMessageContaining("flow 'a'")
                .withMessageContaining("flow 'b'");
    }

    @Test
    void remoteInABranch_isRefused_namingFlowAndNode() {
        Flow part = Flow.named("part").node("away", B).build();
        Flow around = Flow.named("around").node("nested", part).build();

        assertThatExceptionOfType(FlowException.InvalidFlow.class)
                .isThrownBy(() -> Flow.branches("gather", TestSteps.flow(acting(null)), part))
                .withMessage("flow 'gather': node 'away' of flow 'part' is a RemoteFlow, in a part that runs beside others. "
                        + "Run it before or after the parallel parts");
        assertThatExceptionOfType(FlowException.InvalidFlow.class).isThrownBy(() -> Flow.branches("gather", around))
                .withMessageContaining("'gather'").withMessageContaining("'away'").withMessageContaining("'part'");
    }

    @Test
    void remoteInAParallelIteration_isRefused_namingFlowAndNode() {
        Flow part = Flow.named("part").node("away", B).forEach(shared -> List.of()).build();

        assertThatExceptionOfType(FlowException.InvalidFlow.class)
                .isThrownBy(() -> Flow.named("each").node("away", B).forEach(shared -> List.of()).concurrency(2).build())
                .withMessageContaining("flow 'each'").withMessageContaining("node 'away'");
        assertThatExceptionOfType(FlowException.InvalidFlow.class)
                .isThrownBy(() -> Flow.named("each").node("p", part).forEach(shared -> List.of()).concurrency(2).build())
                .withMessageContaining("flow 'each'").withMessageContaining("node 'away' of flow 'part'");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", " \t" })
    void blankName_isRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new RemoteFlow(name)).withMessageContaining("must not be blank");
    }
}
