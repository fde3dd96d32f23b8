package dev.pocketflow;

import static dev.pocketflow.TestSteps.posting;
import static dev.pocketflow.TestSteps.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.engine.position.Position;

/** A run of one line of steps over hops: its position, its counters, and that it continues there. */
class ResumeTest {

    @RegisterExtension
    final Warnings warnings = new Warnings();

    private final Store store = Store.create();
    private final Map<String, Boolean> failed = new ConcurrentHashMap<>();

    /** Fails the first time. */
    private void fragile(String what) {
        if (failed.putIfAbsent(what, true) == null) {
            throw new IllegalStateException("made up");
        }
    }

    private static Flow line(int nodes, Function<Integer, Step> step) {
        Flow.Builder builder = Flow.named("line");
        for (int i = 0; i < nodes; i++) {
            builder.node("n" + i, step.apply(i));
            if (i + 1 < nodes) {
                builder.then("n" + (i + 1));
            }
        }
        return builder.build();
    }

    @Test
    void nestedFlows_continueAtTheirPosition_afterEveryStep() {
        Flow inmost = Flow.named("inmost").node("x", trace("x")).then("y").node("y", trace("y", "up")).build();
        Flow middle = Flow.named("middle").node("in", inmost).on("up", "z").node("z", trace("z")).build();
        Flow outer = Flow.named("outer").node("a", trace("a")).then("m").node("m", middle).then("b")
                .node("b", trace("b", "end"))
                .build();
        HandedOverRun hops = new HandedOverRun(outer);

        Outcome outcome = hops.start(store);

        assertThat(outcome.orThrow().action()).isEqualTo("end");
        assertThat(trace(outcome.store())).containsExactly("a", "x", "y", "z", "b");
        assertThat(hops.places()).containsExactly(List.of("outer/m"), List.of("outer/m", "middle/in"),
                List.of("outer/m", "middle/in", "inmost/x"), List.of("outer/m", "middle/in", "inmost/y"),
                List.of("outer/m", "middle/z"), List.of("outer/b"));
        assertThat(hops.sent).allSatisfy(envelope -> {
            assertThat(envelope.target()).isEqualTo("outer");
            assertThat(envelope.position().frames()).extracting(Position.Frame::graph).startsWith(outer.fingerprint())
                    .filteredOn(graph -> graph != null).hasSize(1);
        });
    }

    @Test
    void paramsOfNestedIterations_areThere_andCannotBeChanged() {
        Node<Object, Object> params = posting(shared -> {
            TestSteps.traced(shared, shared.params());
            assertThatThrownBy(() -> shared.params().put("x", 1)).isInstanceOf(UnsupportedOperationException.class);
            return null;
        });
        Flow plain = Flow.named("plain").node("p", params).then("q").node("q", params).build();
        Flow inner = Flow.named("inner").node("plain", plain).then("r").node("r", params)
                .forEach(shared -> List.of(Map.of("j", shared.params().get("i") + "x"), Map.of("j", "y", "i", "own"))).build();
        Flow outer = Flow.named("outer").node("inner", inner).then("s").node("s", params)
                .forEach(shared -> List.of(Map.of("i", 0), Map.of("i", 1))).build();
        Store whole = Store.create();
        TestRuns.of(outer, whole).start().orThrow();

        Outcome outcome = new HandedOverRun(outer).start(store);

        assertThat(trace(outcome.orThrow().store())).isEqualTo(trace(whole)).hasSize(14)
                .startsWith(Map.of("i", 0, "j", "0x"), Map.of("i", 0, "j", "0x"), Map.of("i", 0, "j", "0x"),
                        Map.of("i", "own", "j", "y"));
    }

    @Test
    void forEach_isReadOnce() {
        Flow flow = Flow.named("flow").node("a", posting(shared -> {
            shared.put("items", List.of());
            return null;
        })).then("b").node("b", trace("b")).forEach(shared -> {
            TestSteps.traced(shared, "read");
            return List.of(Map.of("i", 1), Map.of("i", 2));
        }).build();

        assertThat(trace(new HandedOverRun(flow).start(store).orThrow().store())).containsExactly("read", "b", "b");
    }

    @Test
    void counters_continueOverHops() {
        Flow flow = line(4, i -> TestSteps.executing(() -> {
            Visit.current().use("tokens", 10.5);
            return i;
        }));
        HandedOverRun hops = new HandedOverRun(flow);
        Run whole = TestRuns.of(flow, Store.create());
        whole.start();

        hops.start(store).orThrow();

        assertThat(hops.sent).extracting(Envelope::hop).containsExactly(1, 2, 3);
        assertThat(hops.sent).extracting(Envelope::steps).containsExactly(1, 2, 3);
        assertThat(hops.sent).extracting(envelope -> envelope.usage().get("tokens")).containsExactly(10.5, 21.0, 31.5);
        assertThat(hops.run.hop()).isEqualTo(3);
        assertThat(hops.run.steps()).isEqualTo(4);
        assertThat(hops.run.usage()).isEqualTo(whole.usage());
        assertThat(hops.run.path()).extracting(RunEvent.StepFinished::node).containsExactly("n0", "n1", "n2", "n3");
        assertThat(hops.run.path()).extracting(RunEvent.StepFinished::sequence).containsExactly(1, 2, 3, 4);
        assertThat(hops.run.path()).extracting(RunEvent::run).containsOnly(hops.run.id());
        assertThat(hops.sent).extracting(Envelope::run).containsOnly(hops.run.id());
    }

    @Test
    void path_keepsTheLastHundred_overHops() {
        HandedOverRun hops = new HandedOverRun(line(130, i -> TestSteps.acting(null)))
                .handOverWhen(next -> next.name().endsWith("0"));

        hops.start(store).orThrow();

        assertThat(hops.run.path()).hasSize(100).extracting(RunEvent.StepFinished::sequence).startsWith(31).endsWith(130);
    }

    @Test
    void maxSteps_countsOverHops_andAHigherLimitContinues() {
        Flow loop = Flow.named("loop").node("a", posting(shared -> {
            int visits = (Integer) shared.update("visits", old -> old == null ? 1 : (Integer) old + 1);
            return visits == 8 ? "done" : null;
        })).then("a").ends("done").build();
        Outcome stopped = new HandedOverRun(loop).with(run -> run.maxSteps(5)).start(store);

        Outcome outcome = new HandedOverRun(loop).with(run -> run.maxSteps(8)).resume(stopped);

        assertThat(TestSteps.failure(stopped)).isInstanceOf(FlowException.Stopped.class);
        assertThat(stopped.store().get("visits")).isEqualTo(5);
        assertThat(outcome.orThrow().action()).isEqualTo("done");
    }

    @Test
    void failedNode_isVisitedAgain_andNothingBeforeIt() {
        Flow flow = Flow.named("flow").node("a", trace("a")).then("b").node("b", new Node<String, Object>() {
            @Override
            public String prep(Store shared) {
                TestSteps.traced(shared, "prep");
                return "prepared";
            }

            @Override
            public Object exec(String prepared) {
                fragile(prepared);
                return null;
            }
        }).then("c").node("c", trace("c")).build();
        HandedOverRun hops = new HandedOverRun(flow).handOverWhen(next -> false);

        Outcome outcome = hops.resume(hops.start(store));

        assertThat(trace(outcome.orThrow().store())).containsExactly("a", "prep", "prep", "c");
        assertThat(hops.run.path()).extracting(RunEvent.StepFinished::node).containsExactly("a", "b", "b", "c");
        assertThat(hops.run.path()).extracting(RunEvent.StepFinished::sequence).containsExactly(1, 2, 2, 3);
        assertThat(hops.run.steps()).isEqualTo(3);
        assertThat(hops.run.hop()).isZero();
    }

    @Test
    void afterFails_itIsCalledAgain_andTheLastNodeIsNot() {
        Flow inner = Flow.named("inner").node("a", trace("a", "last")).after((shared, action) -> {
            fragile("after");
            return "renamed " + action;
        }).build();
        Flow outer = Flow.named("outer").node("in", inner).on("renamed last", "b").node("b", trace("b")).build();
        HandedOverRun hops = new HandedOverRun(outer);

        Outcome parked = hops.start(store);
        Outcome outcome = hops.resume(parked);

        assertThat(((Outcome.Failed) parked).envelope().position().frames().get(1).action()).isEqualTo("last");
        assertThat(trace(outcome.orThrow().store())).containsExactly("a", "b");
    }

    @Test
    void noIterationRunsAgain_whenAfterOfABatchFlowFails() {
        Flow flow = Flow.named("flow").node("a", trace("a")).forEach(shared -> List.of(Map.of("i", 1), Map.of("i", 2)))
                .after((shared, action) -> {
                    fragile("after");
                    return action + "!";
                }).build();
        Flow none = Flow.named("none").node("a", trace("never")).forEach(shared -> {
            TestSteps.traced(shared, "read");
            return List.of();
        }).after((shared, action) -> {
            fragile("after none");
            return action + "!";
        }).build();
        HandedOverRun hops = new HandedOverRun(flow);
        HandedOverRun nothing = new HandedOverRun(none);

        Outcome outcome = hops.resume(hops.start(store));
        Outcome empty = nothing.resume(nothing.start(Store.create()));

        assertThat(outcome.orThrow().action()).isEqualTo("default!");
        assertThat(trace(outcome.store())).containsExactly("a", "a");
        assertThat(empty.orThrow().action()).isEqualTo("default!");
        assertThat(trace(empty.store())).containsExactly("read");
    }

    @Test
    void forEachFails_itIsCalledAgain_andTheFlowIsEnteredOnce() {
        Flow each = Flow.named("each").node("a", trace("a")).forEach(shared -> {
            fragile("forEach");
            return List.of(Map.of("i", 1));
        }).build();
        Flow outer = Flow.named("outer").node("b", trace("b")).then("in").node("in", each).build();
        HandedOverRun hops = new HandedOverRun(outer);

        Outcome outcome = hops.resume(hops.start(store));

        assertThat(trace(outcome.orThrow().store())).containsExactly("b", "a");
        assertThat(hops.run.steps()).isEqualTo(3);
    }

    @Test
    void asyncNode_isNeverLeftInFlight() {
        List<CompletableFuture<Object>> stages = new ArrayList<>();
        Flow flow = Flow.named("flow").node("a", trace("a")).then("wait").node("wait", TestSteps.async(() -> {
            stages.add(new CompletableFuture<>());
            return stages.get(0);
        })).then("b").node("b", trace("b")).build();
        CompletableFuture<Outcome> async = TestRuns.of(flow, store).executor(Runnable::run)
                .handOverWhen(next -> next.name().equals("b")).startAsync().toCompletableFuture();

        assertThat(async).as("the stage is pending").isNotDone();
        stages.get(0).complete("answer");
        Envelope envelope = ((Outcome.HandedOver) async.join()).envelope();
        Outcome outcome = TestRuns.resume(flow, EnvelopeRoundTrip.of(envelope)).startAsync().toCompletableFuture().join();

        assertThat(HandedOverRun.places(envelope)).containsExactly("flow/b");
        assertThat(outcome.orThrow().store().get("result")).isEqualTo("answer");
        assertThat(trace(outcome.store())).containsExactly("a", "b");
        assertThat(stages).hasSize(1);
    }

    @Test
    void hop_runsAtLeastOneStep_evenIfItIsDue() {
        HandedOverRun hops = new HandedOverRun(line(20, i -> trace("n" + i)));

        assertThat(trace(hops.start(store).orThrow().store())).hasSize(20);
        assertThat(hops.sent).hasSize(19);
    }

    @Test
    void resumedRun_isStartedOnce_andTheEnvelopesStoreIsItsOwn() {
        Flow flow = line(2, i -> trace("n" + i));
        Envelope envelope = EnvelopeRoundTrip
                .of(((Outcome.HandedOver) TestRuns.of(flow, store).handOverWhen(next -> true).start()).envelope());
        Run run = TestRuns.resume(flow, envelope);

        assertThat(run.start().store()).isSameAs(envelope.store());
        assertThatThrownBy(run::start).isInstanceOf(IllegalStateException.class).hasMessageContaining(envelope.run());
    }

    /** The text of an outcome in a log or a debugger shows no value of the store. */
    @Test
    void outcomesAndEnvelopes_printNoContents() {
        Flow each = Flow.named("each")
                .node("batch", TestSteps.batch(1, List.of("hidden item", "other"), item -> "hidden result"))
                .forEach(shared -> List.of(Map.of("i", "hidden param"))).build();

        Outcome outcome = TestRuns.of(each, store.put("key", "hidden value")).handOverWhen(next -> true).start();
        Outcome next = TestRuns.resume(each, ((Outcome.HandedOver) outcome).envelope()).handOverWhen(any -> true).start();

        assertThat(outcome.toString() + next).contains("each", "batch", "key").doesNotContain("hidden");
    }
}
