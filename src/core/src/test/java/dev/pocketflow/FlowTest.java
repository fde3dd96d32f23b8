package dev.pocketflow;

import static dev.pocketflow.TestSteps.acting;
import static dev.pocketflow.TestSteps.failing;
import static dev.pocketflow.TestSteps.failure;
import static dev.pocketflow.TestSteps.flow;
import static dev.pocketflow.TestSteps.posting;
import static dev.pocketflow.TestSteps.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FlowTest {

    @RegisterExtension
    final Warnings warnings = new Warnings();

    @RegisterExtension
    final Pools pools = new Pools();

    private final Store store = Store.create();

    @Test
    void firstNodeAdded_isTheStart() {
        TestRuns.run(Flow.named("flow").node("a", trace("a")).then("c").node("b", trace("b")).node("c", trace("c")).then("b")
                .build(), store);

        assertThat(trace(store)).containsExactly("a", "c", "b");
    }

    @Test
    void action_picksTheEdge() {
        Flow flow = Flow.named("flow").node("a", trace("a", "left")).on("left", "left").on("right", "right").then("other")
                .node("left", trace("left")).node("right", trace("right")).node("other", trace("other")).build();

        TestRuns.run(flow, store);

        assertThat(trace(store)).containsExactly("a", "left");
    }

    @Test
    void onEmptyOrNullAction_isTheDefaultEdge() {
        Flow empty = Flow.named("flow").node("a", trace("a")).on("", "b").node("b", trace("b")).build();
        Flow none = Flow.named("flow").node("a", trace("a", "default")).on(null, "b").node("b", trace("b")).build();

        TestRuns.run(empty, store);
        TestRuns.run(none, store);

        assertThat(trace(store)).containsExactly("a", "b", "a", "b");
    }

    @Test
    void lastAction_isTheFlowsOwn() {
        Flow flow = Flow.named("flow").node("a", acting(null)).then("b").node("b", acting("finished")).build();

        assertThat(TestRuns.run(flow, store)).isEqualTo(new Outcome.Completed("finished", store));
        assertThat(warnings.messages()).isEmpty();
    }

    @Test
    void after_getsTheLastAction_andMayRenameIt() {
        Flow flow = Flow.named("flow").node("a", acting("finished")).after((shared, action) -> {
            TestSteps.traced(shared, action);
            return "renamed";
        }).build();

        assertThat(TestRuns.run(flow, store).orThrow().action()).isEqualTo("renamed");
        assertThat(trace(store)).containsExactly("finished");
    }

    @Test
    void afterReturnsNull_isDefault() {
        assertThat(
                TestRuns.run(Flow.named("flow").node("a", acting("x")).after((shared, action) -> null).build(), store).orThrow()
                        .action())
                .isEqualTo("default");
    }

    @Test
    void afterThrows_failsTheRun_andNamesTheFlow() {
        IllegalStateException wrong = new IllegalStateException("secret");
        Flow flow = Flow.named("flow").node("a", acting("x")).after((shared, action) -> {
            throw wrong;
        }).build();

        FlowException.StepFailed failure = (FlowException.StepFailed) failure(TestRuns.run(flow, store));

        assertThat(failure).hasMessage("flow 'flow': after failed: java.lang.IllegalStateException").cause().isSameAs(wrong);
        assertThat(failure.node()).isNull();
    }

    @Test
    void afterFailsAnAssertion_failsTheRun() {
        AssertionError error = new AssertionError();
        Flow flow = Flow.named("flow").node("a", acting("x")).after((shared, action) -> {
            throw error;
        }).build();

        assertThat(failure(TestRuns.run(flow, store))).cause().isSameAs(error);
    }

    @Test
    void nodeThrows_afterDoesNotRun() {
        Flow flow = Flow.named("flow").node("a", failing(new IllegalStateException()))
                .after((shared, action) -> trace(store).toString()).build();

        assertThat(TestRuns.run(flow, store)).isInstanceOf(Outcome.Failed.class);
        assertThat(trace(store)).isEmpty();
    }

    @Test
    void actionWithoutEdge_failsTheRun_andNamesFlowNodeActionAndDeclaredActions() {
        Flow flow = Flow.named("agent").node("decide", acting("dance")).on("search", "end").on("answer", "end")
                .node("end", trace("end")).build();

        assertThat(failure(TestRuns.run(flow, store))).isInstanceOf(FlowException.UndeclaredAction.class)
                .hasMessage("flow 'agent', node 'decide': action 'dance' has no edge (edges: [search, answer]). "
                        + "If the flow should end here, declare ends(\"dance\")");
        assertThat(trace(store)).isEmpty();
        assertThat(warnings.messages()).isEmpty();
    }

    @Test
    void actionOfSeveralLines_isShownOnOne() {
        Flow flow = Flow.named("agent").node("decide", acting("x\nflow 'other' ends\r\u0000")).on("search", "decide").build();

        assertThat(failure(TestRuns.run(flow, store)).getMessage())
                .contains("action 'x\\nflow 'other' ends\\r\\u0000' has no edge");
    }

    @Test
    void defaultWithoutEdge_isNamed() {
        Flow flow = Flow.named("flow").node("a", acting(null)).on("x", "a").build();

        assertThat(failure(TestRuns.run(flow, store))).hasMessageContaining("action 'default' has no edge (edges: [x])");
    }

    @Test
    void declaredEnd_endsTheFlow_withoutWarning() {
        Flow flow = Flow.named("flow").node("a", acting("approved")).on("rejected", "a").ends("approved").ends("").build();

        assertThat(TestRuns.run(flow, store).orThrow().action()).isEqualTo("approved");
        assertThat(flow.nodes().get("a").ends()).containsExactly("approved", "default");
        assertThat(warnings.messages()).isEmpty();
    }

    @Test
    void nodeWithoutEdges_endsTheFlow_withoutWarning_forAnyAction() {
        TestRuns.run(flow(acting("whatever")), store);

        assertThat(warnings.messages()).isEmpty();
    }

    @Test
    void loopsAndSelfLoops_areAllowed() {
        Flow flow = Flow.named("flow").node("a", posting(shared -> {
            int count = (Integer) shared.update("count", old -> old == null ? 1 : (Integer) old + 1);
            return count < 3 ? "self" : count < 5 ? "round" : "out";
        })).on("self", "a").on("round", "b").ends("out").node("b", trace("b")).then("a").build();

        TestRuns.run(flow, store).orThrow();

        assertThat(store.get("count")).isEqualTo(5);
        assertThat(trace(store)).containsExactly("b", "b");
    }

    @Test
    void oneFlow_runsAnyNumberOfTimes_eachWithItsOwnStore() {
        Flow flow = Flow.named("flow").node("a", trace("a")).then("b").node("b", trace("b")).build();

        for (int i = 0; i < 3; i++) {
            Store own = Store.create();
            TestRuns.run(flow, own);
            assertThat(trace(own)).containsExactly("a", "b");
        }
    }

    @Test
    void oneFlow_inAHundredRunsAtOnce_doesNotMixThem() throws Exception {
        Flow flow = Flow.named("flow").node("first", posting(shared -> {
            TestSteps.traced(shared, shared.get("own"));
            return trace(shared).size() < 50 ? "again" : "on";
        })).on("again", "first").on("on", "each")
                .node("each", Flow.named("each").node("n", posting(shared -> {
                    shared.update("sum", old -> (old == null ? 0 : (Integer) old) + (Integer) shared.params().get("i"));
                    return null;
                })).forEach(shared -> List.of(Map.of("i", 1), Map.of("i", shared.get("own")))).build())
                .build();
        ExecutorService pool = pools.threads(16);
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Store>> runs = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Store own = Store.create().put("own", i);
            runs.add(pool.submit(() -> {
                TestSteps.await(go);
                return TestRuns.run(flow, own).orThrow().store();
            }));
        }
        go.countDown();

        for (int i = 0; i < 100; i++) {
            Store own = runs.get(i).get(2, TimeUnit.MINUTES);
            assertThat(trace(own)).hasSize(50).containsOnly(i);
            assertThat(own.get("sum")).isEqualTo(1 + i);
        }
    }

    @Test
    void graph_canBeRead() {
        Node<Object, Object> a = trace("a");
        Flow flow = Flow.named("flow").node("a", a).on("x", "b").ends("y").node("b", trace("b")).build();

        assertThat(flow.name()).isEqualTo("flow");
        assertThat(flow.nodes()).containsOnlyKeys("a", "b");
        GraphNode vertex = flow.nodes().get("a");
        assertThat(vertex.name()).isEqualTo("a");
        assertThat(vertex.step()).isSameAs(a);
        assertThat(vertex.edges()).containsExactly(Map.entry("x", flow.nodes().get("b")));
        assertThat(flow.branches()).isEmpty();
        assertThat(flow.isBatch()).isFalse();
    }

    @Test
    void storeIsNull_isRefusedByName() {
        assertThatNullPointerException().isThrownBy(() -> TestRuns.run(flow(acting(null)), null)).withMessage("store");
        assertThatNullPointerException().isThrownBy(() -> TestRuns.of(null, store)).withMessage("flow");
    }
}
