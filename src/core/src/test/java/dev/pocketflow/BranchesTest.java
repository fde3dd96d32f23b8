package dev.pocketflow;

import static dev.pocketflow.TestSteps.acting;
import static dev.pocketflow.TestSteps.await;
import static dev.pocketflow.TestSteps.executing;
import static dev.pocketflow.TestSteps.failing;
import static dev.pocketflow.TestSteps.failure;
import static dev.pocketflow.TestSteps.posting;
import static dev.pocketflow.TestSteps.trace;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BranchesTest {

    @RegisterExtension
    final Pools pools = new Pools();

    private final Store store = Store.create();

    private static Flow branch(String name, Step step) {
        return Flow.named(name).node("n", step).build();
    }

    @Test
    void branches_runSideBySide_overOneStore() {
        CyclicBarrier both = new CyclicBarrier(2);
        Node<Object, Object> meet = executing(() -> both.await(2, TimeUnit.MINUTES));

        Flow flow = Flow.branches("gather",
                Flow.named("a").node("meet", meet).then("n").node("n", trace("a")).build(),
                Flow.named("b").node("meet", meet).then("n").node("n", trace("b")).build());

        assertThat(TestRuns.run(flow, store).orThrow().action()).isEqualTo("default");
        assertThat(trace(store)).containsExactlyInAnyOrder("a", "b");
        assertThat(flow.branches()).extracting(Flow::name).containsExactly("a", "b");
        assertThat(flow.nodes()).isEmpty();
    }

    @Test
    void branchesAsANode_joinBeforeTheNextOne() {
        Flow gather = Flow.branches("gather", branch("a", acting("x")), branch("b", trace("b", "y")));

        TestRuns.run(Flow.named("outer").node("gather", gather).then("next").node("next", trace("next")).build(), store);

        assertThat(trace(store)).containsExactly("b", "next");
    }

    @Test
    void branches_seeTheParamsOfTheFlowAroundThem() {
        Flow gather = Flow.branches("gather", branch("a", posting(shared -> {
            TestSteps.traced(shared, shared.params());
            return null;
        })));

        TestRuns.run(Flow.named("outer").node("gather", gather).forEach(shared -> List.of(Map.of("i", 7))).build(), store);

        assertThat(trace(store)).containsExactly(Map.of("i", 7));
    }

    @Test
    void firstFailure_interruptsTheOthers_andNamesItsOwnNode() {
        CountDownLatch waiting = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Flow flow = Flow.branches("gather", branch("slow", executing(() -> {
            try {
                waiting.countDown();
                return TestSteps.blocked();
            } catch (InterruptedException e) {
                interrupted.complete(true);
                throw e;
            }
        })), branch("bad", executing(() -> {
            await(waiting);
            throw new IllegalStateException();
        })));

        Outcome.Failed failed = (Outcome.Failed) TestRuns.of(flow, store).executor(pools.threads(2)).start();

        assertThat(interrupted).isCompletedWithValue(true);
        assertThat(failed.failure()).hasMessageStartingWith("flow 'bad', node 'n': exec failed").hasNoSuppressedExceptions();
        assertThat(failed.envelope().position().frames()).extracting(TestSteps::place)
                .containsExactly("gather{slow=[slow/n], bad=[bad/n]}");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    /** An interrupt is only a request. A branch that ignores it must still stop before its next node. */
    @Test
    void firstFailure_stopsABranchThatIgnoresItsInterrupt_atItsNextStep() {
        CountDownLatch waiting = new CountDownLatch(1);
        Flow deaf = Flow.named("deaf").node("n", executing(() -> {
            try {
                waiting.countDown();
                return TestSteps.blocked();
            } catch (InterruptedException e) {
                return "ignored";
            }
        })).then("next").node("next", trace("next")).build();
        Flow flow = Flow.branches("gather", deaf, branch("bad", executing(() -> {
            await(waiting);
            throw new IllegalStateException();
        })));

        Outcome outcome = TestRuns.of(flow, store).executor(pools.threads(2)).start();

        assertThat(trace(store)).isEmpty();
        assertThat(failure(outcome)).hasMessageStartingWith("flow 'bad'").hasNoSuppressedExceptions();
    }

    /** The branch is itself parallel, and its items ignore the interrupt. */
    @Test
    void firstFailure_reachesNestedForks_whoseItemsIgnoreTheirInterrupt() {
        CountDownLatch waiting = new CountDownLatch(2);
        Flow deaf = Flow.named("deaf").node("n", TestSteps.batch(2, List.of(1, 2, 3, 4, 5, 6), item -> {
            try {
                waiting.countDown();
                return TestSteps.<Object> blocked();
            } catch (InterruptedException e) {
                TestSteps.traced(store, item);
                return "ignored";
            }
        })).build();
        Flow flow = Flow.branches("gather", deaf, branch("bad", executing(() -> {
            await(waiting);
            throw new IllegalStateException();
        })));

        Outcome outcome = TestRuns.of(flow, store).executor(pools.threads(4)).start();

        assertThat(trace(store)).containsOnly(1, 2);
        assertThat(failure(outcome)).hasMessageStartingWith("flow 'bad'");
    }

    @Test
    void furtherFailures_areKeptAsSuppressed() {
        CyclicBarrier both = new CyclicBarrier(2);
        Node<Object, Object> bad = executing(() -> {
            both.await(2, TimeUnit.MINUTES);
            throw new IllegalStateException();
        });

        FlowException failure = failure(TestRuns.run(Flow.branches("gather", branch("a", bad), branch("b", bad)), store));

        assertThat(failure.getSuppressed()).singleElement().isInstanceOf(FlowException.StepFailed.class);
    }

    @Test
    void branchOverflowsTheStack_failsTheRun() {
        StackOverflowError error = new StackOverflowError();

        assertThat(
                failure(TestRuns.run(Flow.branches("gather", branch("a", failing(error)), branch("b", acting(null))), store)))
                .cause().isSameAs(error);
    }

    @Test
    void asyncNodeInABranch_isWaitedFor_inAnAsyncRunToo() throws Exception {
        CompletableFuture<Object> stage = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        Flow flow = Flow.branches("gather", branch("a", TestSteps.async(() -> {
            begun.countDown();
            return stage;
        })), branch("b", trace("b")));

        CompletableFuture<Outcome> outcome = TestRuns.runAsync(flow, store).toCompletableFuture();
        await(begun);
        stage.complete("answer");

        assertThat(outcome.get(2, TimeUnit.MINUTES)).isInstanceOf(Outcome.Completed.class);
        assertThat(store.get("result")).isEqualTo("answer");
    }

    @Test
    void hundredBranchesDeep_runs() {
        Flow flow = branch("f0", trace("deepest"));
        for (int i = 1; i <= 100; i++) {
            flow = Flow.branches("f" + i, flow);
        }

        assertThat(TestRuns.run(flow, store)).isInstanceOf(Outcome.Completed.class);
        assertThat(trace(store)).containsExactly("deepest");
    }
}
