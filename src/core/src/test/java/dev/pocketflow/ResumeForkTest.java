package dev.pocketflow;

import static dev.pocketflow.TestSteps.executing;
import static dev.pocketflow.TestSteps.failing;
import static dev.pocketflow.TestSteps.posting;
import static dev.pocketflow.TestSteps.trace;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Branches and parallel iterations over hops: finished parts stay finished, and the join waits for the rest. */
class ResumeForkTest {

    @RegisterExtension
    final Pools pools = new Pools();

    @RegisterExtension
    final Warnings warnings = new Warnings();

    private final Store store = Store.create();

    private static Flow traced(String name, int nodes) {
        Flow.Builder builder = Flow.named(name);
        for (int i = 0; i < nodes; i++) {
            builder.node("n" + i, trace(name + i));
            if (i + 1 < nodes) {
                builder.then("n" + (i + 1));
            }
        }
        return builder.build();
    }

    private static List<Map<String, Object>> items(int count) {
        return IntStream.range(0, count).mapToObj(i -> Map.<String, Object> of("i", i)).toList();
    }

    /** Fails the first time. */
    private static Node<Object, Object> fragile(String name, AtomicReference<String> failed) {
        return posting(shared -> {
            if (failed.compareAndSet(null, name)) {
                throw new IllegalStateException("made up");
            }
            TestSteps.traced(shared, name);
            return null;
        });
    }

    private static Run inOrder(Run run) {
        return run.executor(Runnable::run);
    }

    @Test
    void finishedBranches_areNotRunAgain_andTheJoinComesOnce() {
        Flow flow = Flow.named("flow").node("gather", Flow.branches("gather", traced("a", 1), traced("b", 3), traced("c", 2)))
                .then("last").node("last", trace("last")).build();
        HandedOverRun hops = new HandedOverRun(flow).with(ResumeForkTest::inOrder);

        Outcome outcome = hops.start(store);

        assertThat(outcome.orThrow().action()).isEqualTo("default");
        assertThat(trace(outcome.store())).containsExactlyInAnyOrder("a0", "b0", "b1", "b2", "c0", "c1", "last")
                .endsWith("last");
        assertThat(hops.places()).contains(List.of("flow/gather", "gather{a=[], b=[b/n1], c=[c/n0]}"));
    }

    @Test
    void failedBranch_isResumedAlone() {
        AtomicReference<String> failed = new AtomicReference<>();
        Flow broken = Flow.named("broken").node("a", trace("x")).then("b").node("b", fragile("y", failed)).build();
        HandedOverRun hops = new HandedOverRun(Flow.branches("gather", traced("fine", 2), broken)).with(ResumeForkTest::inOrder)
                .handOverWhen(next -> false);

        Outcome first = hops.start(store);
        Outcome second = hops.resume(first);

        assertThat(HandedOverRun.places(((Outcome.Failed) first).envelope()))
                .containsExactly("gather{fine=[], broken=[broken/b]}");
        second.orThrow();
        assertThat(trace(second.store())).containsExactly("fine0", "fine1", "x", "y");
    }

    @Test
    void branchThatHasNotBegun_isStarted() {
        AtomicReference<String> failed = new AtomicReference<>();
        HandedOverRun hops = new HandedOverRun(
                Flow.branches("gather", TestSteps.flow(fragile("a", failed)), traced("later", 1)))
                .with(ResumeForkTest::inOrder).handOverWhen(next -> false);

        Outcome first = hops.start(store);

        assertThat(HandedOverRun.places(((Outcome.Failed) first).envelope()))
                .containsExactly("gather{flow=[flow/node], later=[later]}");
        assertThat(trace(hops.resume(first).orThrow().store())).containsExactly("a", "later0");
    }

    @Test
    void parallelIterations_keepTheirParams_alsoInNestedFlows() {
        Flow inner = Flow.named("inner").node("one", posting(shared -> {
            TestSteps.traced(shared, "one" + shared.params().get("i"));
            return null;
        })).then("two").node("two", posting(shared -> {
            TestSteps.traced(shared, "two" + shared.params().get("i") + shared.params().get("j"));
            return null;
        })).forEach(shared -> List.of(Map.of("j", "x"), Map.of("j", "y"))).build();
        Flow each = Flow.named("each").node("inner", inner).forEach(shared -> items(3)).concurrency(2)
                .after((shared, action) -> "done").build();
        HandedOverRun hops = new HandedOverRun(each);

        Outcome outcome = hops.start(store);

        assertThat(outcome.orThrow().action()).isEqualTo("done");
        assertThat(trace(outcome.store())).containsExactlyInAnyOrder("one0", "two0x", "one0", "two0y", "one1", "two1x", "one1",
                "two1y", "one2", "two2x", "one2", "two2y");
        assertThat(hops.sent).hasSizeGreaterThan(4).allSatisfy(envelope -> assertThat(envelope.position().frames()).hasSize(1)
                .allMatch(frame -> frame.loop().iterations().equals(items(3)) && frame.loop().index() == -1));
    }

    @Test
    void nestedForks_continueWhereEachStopped() {
        Flow pair = Flow.branches("pair", traced("l", 2), traced("r", 1));
        Flow each = Flow.named("each").node("before", trace("before")).then("pair").node("pair", pair).then("behind")
                .node("behind", trace("behind")).forEach(shared -> items(2)).concurrency(2).build();
        HandedOverRun hops = new HandedOverRun(Flow.branches("all", each, traced("other", 2)));

        Outcome outcome = hops.start(store);

        assertThat(trace(outcome.orThrow().store())).containsExactlyInAnyOrder("before", "before", "l0", "l0", "l1", "l1", "r0",
                "r0", "behind", "behind", "other0", "other1");
        assertThat(hops.run.steps()).isEqualTo(14);
    }

    /** All parts were done when the run was cancelled. Only the join remains. */
    @Test
    void forkCancelledAtItsJoin_isResumedThere() {
        AtomicReference<Run> running = new AtomicReference<>();
        Flow only = TestSteps.flow(posting(shared -> {
            running.get().cancel();
            TestSteps.traced(shared, "only");
            return null;
        }));
        Flow flow = Flow.named("outer").node("fork", Flow.branches("gather", only)).then("last").node("last", trace("last"))
                .build();
        running.set(TestRuns.of(flow, store));
        Outcome cancelled = running.get().start();
        HandedOverRun hops = new HandedOverRun(flow).handOverWhen(next -> false);

        Outcome outcome = hops.resume(cancelled);

        assertThat(HandedOverRun.places(((Outcome.Failed) cancelled).envelope())).containsExactly("outer/fork",
                "gather{flow=[]}");
        assertThat(trace(outcome.orThrow().store())).containsExactly("only", "last");
    }

    /** The join's own function failed. Only this function is called again. */
    @Test
    void afterOfAParallelFlowThatFails_isCalledAgain_withoutIterations() {
        AtomicReference<String> failed = new AtomicReference<>();
        Flow each = Flow.named("each").node("a", trace("a")).forEach(shared -> items(2)).concurrency(2)
                .after((shared, action) -> {
                    if (failed.compareAndSet(null, "after")) {
                        throw new IllegalStateException("made up");
                    }
                    return "renamed " + action;
                }).build();
        HandedOverRun hops = new HandedOverRun(each);

        Outcome outcome = hops.resume(hops.start(store));

        assertThat(outcome.orThrow().action()).isEqualTo("renamed default");
        assertThat(trace(outcome.store())).containsExactly("a", "a");
    }

    /** One part's time is up while another part works. The other part finishes its step, and begins no further one. */
    @Test
    void partInFlight_finishesItsStep_beforeTheHandOver() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        Flow slow = Flow.named("slow").node("a", executing(() -> {
            begun.countDown();
            TestSteps.await(asked);
            return null;
        })).then("b").node("b", trace("b")).build();
        Flow quick = Flow.named("quick").node("a", executing(() -> {
            TestSteps.await(begun);
            return null;
        })).then("b").node("b", trace("b")).build();

        Outcome outcome = TestRuns.of(Flow.branches("gather", slow, quick), store).executor(pools.unbounded())
                .handOverWhen(next -> {
                    asked.countDown();
                    return next.name().equals("b");
                }).start();

        assertThat(HandedOverRun.places(((Outcome.HandedOver) outcome).envelope()))
                .containsExactly("gather{slow=[slow/b], quick=[quick/b]}");
        assertThat(trace(store)).isEmpty();
    }

    @Test
    void asyncNodesInParts_areWaitedFor_beforeTheRunIsHandedOver() {
        Flow one = Flow.named("one").node("a", TestSteps.async(() -> CompletableFuture.completedFuture("x"))).then("b")
                .node("b", trace("b")).build();
        HandedOverRun hops = new HandedOverRun(Flow.branches("gather", one, traced("two", 2)));

        Outcome outcome = hops.start(store);

        assertThat(outcome.orThrow().store().get("result")).isEqualTo("x");
        assertThat(trace(outcome.store())).containsExactlyInAnyOrder("b", "two0", "two1");
    }

    @Test
    void failedPartBesideAHandedOverOne_failsTheRun_andBothContinueAfterResume() {
        AtomicReference<String> failed = new AtomicReference<>();
        Flow bad = Flow.named("bad").node("a", fragile("a", failed)).build();
        HandedOverRun hops = new HandedOverRun(Flow.branches("gather", traced("fine", 3), bad)).with(ResumeForkTest::inOrder);

        Outcome first = hops.start(store);
        Outcome second = hops.resume(first);

        assertThat(first).isInstanceOf(Outcome.Failed.class);
        assertThat(trace(second.orThrow().store())).containsExactlyInAnyOrder("fine0", "fine1", "fine2", "a");
    }

    @Test
    void failedPartsPath_andUsage_areKept() {
        Flow bad = TestSteps.flow(failing(new IllegalStateException()));
        HandedOverRun hops = new HandedOverRun(Flow.branches("gather", traced("fine", 1), bad)).with(ResumeForkTest::inOrder)
                .handOverWhen(next -> false);

        Outcome.Failed twice = (Outcome.Failed) hops.resume(hops.start(store));

        assertThat(twice.envelope().path()).extracting(RunEvent.StepFinished::error).containsExactly(Optional.empty(),
                Optional.of("java.lang.IllegalStateException"), Optional.of("java.lang.IllegalStateException"));
        assertThat(twice.envelope().path()).extracting(RunEvent.StepFinished::sequence).containsExactly(1, 2, 2);
        assertThat(twice.envelope().hop()).isZero(); // this hop is not done yet
    }
}
