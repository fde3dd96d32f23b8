package dev.pocketflow;

import static dev.pocketflow.TestSteps.acting;
import static dev.pocketflow.TestSteps.executing;
import static dev.pocketflow.TestSteps.failing;
import static dev.pocketflow.TestSteps.failure;
import static dev.pocketflow.TestSteps.posting;
import static dev.pocketflow.TestSteps.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForEachTest {

    @RegisterExtension
    final Pools pools = new Pools();

    private final Store store = Store.create();

    private static List<Map<String, Integer>> items(int count) {
        return IntStream.range(0, count).mapToObj(i -> Map.of("i", i)).toList();
    }

    private static Node<Object, Object> traceParam() {
        return posting(shared -> {
            TestSteps.traced(shared, shared.params().get("i"));
            return "last";
        });
    }

    @Test
    void graph_runsOncePerItem_inOrder() {
        Flow flow = Flow.named("flow").node("a", traceParam()).on("last", "b").node("b", trace("b"))
                .forEach(shared -> items(3)).build();

        TestRuns.run(flow, store);

        assertThat(trace(store)).containsExactly(0, "b", 1, "b", 2, "b");
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 3 })
    void iterationsActions_areDropped_theFlowsOwnIsDefault(int concurrency) {
        Flow flow = Flow.named("flow").node("a", traceParam()).forEach(shared -> items(3)).concurrency(concurrency)
                .after((shared, action) -> "after " + action).build();

        assertThat(TestRuns.run(flow, store).orThrow().action()).isEqualTo("after default");
        assertThat(trace(store)).containsExactlyInAnyOrder(0, 1, 2);
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 3 })
    void noItems_endsWithDefault_andAfterRuns(int concurrency) {
        Flow none = Flow.named("none").node("a", traceParam()).forEach(shared -> List.of()).concurrency(concurrency)
                .after((shared, action) -> action + "!").build();
        Flow nothing = Flow.named("nothing").node("a", traceParam()).forEach(shared -> null).concurrency(concurrency).build();

        assertThat(TestRuns.run(none, store).orThrow().action()).isEqualTo("default!");
        assertThat(TestRuns.run(nothing, store).orThrow().action()).isEqualTo("default");
        assertThat(store.asMap()).isEmpty();
    }

    @Test
    void defaultEdge_isTakenOutside() {
        Flow each = Flow.named("each").node("a", traceParam()).forEach(shared -> items(2)).build();

        TestRuns.run(Flow.named("outer").node("each", each).on("last", "wrong").then("right").node("wrong", trace("wrong"))
                .node("right", trace("right")).build(), store);

        assertThat(trace(store)).containsExactly(0, 1, "right");
    }

    @Test
    void items_areReadOnce_beforeTheFirstIteration() {
        Flow flow = Flow.named("flow").node("a", posting(shared -> {
            shared.put("count", 100);
            return null;
        })).forEach(shared -> {
            TestSteps.traced(shared, "read");
            return items((Integer) shared.get("count"));
        }).build();
        Run run = TestRuns.of(flow, store.put("count", 3));

        run.start();

        assertThat(run.steps()).isEqualTo(3);
        assertThat(trace(store)).containsExactly("read");
    }

    @Test
    void params_cannotBeChanged_alsoThroughTheItem() {
        Map<String, Object> item = new HashMap<>(Map.of("i", 1));
        List<Map<String, Object>> seen = new ArrayList<>();
        Flow flow = Flow.named("flow").node("a", posting(shared -> {
            item.put("i", 2);
            seen.add(shared.params());
            return null;
        })).forEach(shared -> List.of(item)).build();

        TestRuns.run(flow, store);

        assertThat(seen).containsExactly(Map.of("i", 1));
        assertThatThrownBy(() -> seen.get(0).put("x", 1)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void paramOfNull_isKept() {
        Map<String, Object> item = new HashMap<>();
        item.put("i", null);

        TestRuns.run(Flow.named("flow").node("a", posting(shared -> {
            TestSteps.traced(shared, shared.params().containsKey("i"));
            return null;
        })).forEach(shared -> Set.of(item)).build(), store);

        assertThat(trace(store)).containsExactly(true);
    }

    @Test
    void iterationFails_laterOnesAndAfterDoNotRun_andWritesStay() {
        Flow flow = Flow.named("flow").node("a", traceParam()).on("last", "b").node("b", executing(() -> {
            if (trace(store).size() == 2) {
                throw new IllegalStateException();
            }
            return null;
        })).forEach(shared -> items(5)).after((shared, action) -> {
            throw new AssertionError("after");
        }).build();

        Outcome.Failed failed = (Outcome.Failed) TestRuns.run(flow, store);

        assertThat(trace(store)).containsExactly(0, 1);
        assertThat(failed.failure()).hasMessageContaining("node 'b'");
        assertThat(failed.envelope().position().frames()).extracting(TestSteps::place).containsExactly("flow/b{i=1}");
    }

    @Test
    void forEachThrows_failsTheRun_andNamesTheFlow() {
        IllegalStateException wrong = new IllegalStateException("secret");
        FlowException failure = failure(TestRuns.run(Flow.named("flow").node("a", traceParam()).forEach(shared -> {
            throw wrong;
        }).build(), store));

        assertThat(failure).hasMessage("flow 'flow': forEach failed: java.lang.IllegalStateException").cause().isSameAs(wrong);
    }

    @Test
    void forEachOverflowsTheStack_failsTheRun() {
        StackOverflowError error = new StackOverflowError();

        assertThat(failure(TestRuns.run(Flow.named("flow").node("a", traceParam()).forEach(shared -> {
            throw error;
        }).build(), store))).cause().isSameAs(error);
    }

    @Test
    void forEachRunsOutOfMemory_goesUpAsItIs() {
        OutOfMemoryError error = new OutOfMemoryError("made up");

        assertThatThrownBy(() -> TestRuns.run(Flow.named("flow").node("a", traceParam()).forEach(shared -> {
            throw error;
        }).build(), store)).isSameAs(error);
    }

    @Test
    void itemIsNull_failsTheRun_andNamesTheFlow() {
        assertThat(failure(TestRuns.run(Flow.named("flow").node("a", traceParam())
                .forEach(shared -> Arrays.asList((Map<String, Object>) null)).build(), store)))
                .hasMessageStartingWith("flow 'flow': forEach failed");
    }

    /** Defect 55: copies of a node shared its mutable fields. Here an iteration has its own params and local variables only. */
    @Test
    void concurrentIterations_haveEachTheirOwnParams_overOneStore() {
        CyclicBarrier all = new CyclicBarrier(8);
        Flow flow = Flow.named("flow").node("a", new Node<Integer, Integer>() {
            @Override
            public Integer prep(Store shared) {
                return (Integer) shared.params().get("i");
            }

            @Override
            public Integer exec(Integer prepared) throws Exception {
                all.await(2, TimeUnit.MINUTES);
                return prepared * 10;
            }

            @Override
            public String post(Store shared, Integer prepared, Integer result) {
                TestSteps.traced(shared, shared.params().get("i") + ":" + prepared + ":" + result);
                return null;
            }
        }).forEach(shared -> items(8)).concurrency(8).build();

        TestRuns.run(flow, store).orThrow();

        assertThat(trace(store)).containsExactlyInAnyOrder("0:0:0", "1:1:10", "2:2:20", "3:3:30", "4:4:40", "5:5:50", "6:6:60",
                "7:7:70");
    }

    @Test
    void concurrency_isNeverPassed() {
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger peak = new AtomicInteger();
        Flow flow = Flow.named("flow").node("a", executing(() -> {
            peak.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            Thread.yield();
            return inFlight.decrementAndGet();
        })).forEach(shared -> items(200)).concurrency(3).build();

        TestRuns.of(flow, store).executor(pools.threads(8)).start().orThrow();

        assertThat(peak.get()).isBetween(1, 3);
    }

    @Test
    void concurrentIterationFails_positionLeadsIntoIt() {
        Flow flow = Flow.named("each").node("first", traceParam()).on("last", "bad")
                .node("bad", failing(new IllegalStateException())).forEach(shared -> items(1)).concurrency(2).build();

        Outcome.Failed failed = (Outcome.Failed) TestRuns.run(Flow.named("outer").node("nested", flow).build(), store);

        assertThat(failed.envelope().position().frames()).extracting(TestSteps::place).containsExactly("outer/nested",
                "each{0=[each/bad]}");
    }

    @Test
    void isBatch_tellsABatchFlow() {
        assertThat(Flow.named("flow").node("a", acting(null)).forEach(shared -> null).build().isBatch()).isTrue();
    }

    @Test
    void undeclaredAction_failsTheFirstIteration() {
        Flow flow = Flow.named("flow").node("a", acting("odd")).on("x", "a").forEach(shared -> items(3)).build();

        Outcome.Failed failed = (Outcome.Failed) TestRuns.run(flow, store);

        assertThat(failed.failure()).isInstanceOf(FlowException.UndeclaredAction.class);
        assertThat(failed.envelope().position().frames().get(0).loop().index()).isZero();
    }
}
