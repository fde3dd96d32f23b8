package dev.pocketflow;

import static dev.pocketflow.TestSteps.acting;
import static dev.pocketflow.TestSteps.failing;
import static dev.pocketflow.TestSteps.failure;
import static dev.pocketflow.TestSteps.posting;
import static dev.pocketflow.TestSteps.trace;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.pocketflow.engine.position.Position;

class NestedFlowTest {

    private final Store store = Store.create();

    private static Flow outer(Flow inner) {
        return Flow.named("outer").node("inner", inner).on("left", "left").then("other")
                .node("left", trace("left", "was left")).node("other", trace("other", "was other")).build();
    }

    @Test
    void innersLastAction_picksTheOuterEdge() {
        Flow inner = Flow.named("inner").node("a", acting(null)).then("b").node("b", acting("left")).build();

        assertThat(TestRuns.run(outer(inner), store).orThrow().action()).isEqualTo("was left");
        assertThat(trace(store)).containsExactly("left");
    }

    @Test
    void innersAfter_overridesTheRoute() {
        Flow inner = Flow.named("inner").node("a", acting("left")).after((shared, action) -> null).build();

        TestRuns.run(outer(inner), store);

        assertThat(trace(store)).containsExactly("other");
    }

    @Test
    void innerActionWithoutEdge_failsInside_andIsNotLookedUpOutside() {
        Flow inner = Flow.named("inner").node("a", acting("left")).on("right", "a").build();

        Outcome.Failed failed = (Outcome.Failed) TestRuns.run(outer(inner), store);

        assertThat(trace(store)).isEmpty();
        assertThat(failed.failure()).hasMessageContaining("flow 'inner', node 'a': action 'left' has no edge (edges: [right])");
        assertThat(failed.envelope().position().frames()).extracting(TestSteps::place).containsExactly("outer/inner",
                "inner/a");
    }

    @Test
    void outerAction_isTheLastOuterNodes() {
        Flow inner = Flow.named("inner").node("a", acting("deep")).build();

        assertThat(TestRuns.run(Flow.named("outer").node("x", acting("x")).on("x", "inner").node("inner", inner).build(), store)
                .orThrow()
                .action()).isEqualTo("deep");
    }

    @Test
    void innerActionUnknownOutside_failsThere() {
        Flow outer = Flow.named("outer").node("inner", Flow.named("in").node("a", acting("odd")).build()).on("x", "inner")
                .build();

        Outcome.Failed failed = (Outcome.Failed) TestRuns.run(outer, store);

        assertThat(failed.failure()).hasMessageContaining("flow 'outer', node 'inner': action 'odd' has no edge (edges: [x])");
        assertThat(failed.envelope().position().frames()).extracting(TestSteps::place).containsExactly("outer/inner");
    }

    @Test
    void innerFails_theFailureNamesTheInnerNode_andThePositionTheWayToIt() {
        Flow inner = Flow.named("inner").node("bad", failing(new IllegalStateException())).build();
        Flow outer = Flow.named("outer").node("first", trace("first")).then("nested").node("nested", inner).build();

        Outcome.Failed failed = (Outcome.Failed) TestRuns.run(outer, store);

        assertThat(failed.failure()).hasMessageStartingWith("flow 'inner', node 'bad': exec failed");
        assertThat(failed.envelope().position().frames()).extracting(TestSteps::place).containsExactly("outer/nested",
                "inner/bad");
    }

    @Test
    void innersAfterThrows_theFailureNamesTheInnerFlow() {
        Flow inner = Flow.named("inner").node("a", acting(null)).after((shared, action) -> {
            throw new IllegalStateException();
        }).build();

        assertThat(failure(TestRuns.run(outer(inner), store))).hasMessageStartingWith("flow 'inner': after failed");
        assertThat(trace(store)).isEmpty();
    }

    @Test
    void oneInnerFlow_mayHaveTwoNames() {
        Flow inner = Flow.named("inner").node("a", trace("a")).build();

        TestRuns.run(Flow.named("outer").node("x", inner).then("y").node("y", inner).build(), store);

        assertThat(trace(store)).containsExactly("a", "a");
    }

    @Test
    void params_reachNestedFlows_mergedOverAllLevels() {
        Flow leaf = Flow.named("leaf").node("n", posting(shared -> {
            TestSteps.traced(shared, shared.params());
            return null;
        })).forEach(shared -> List.of(Map.of("c", 3, "a", "inner wins"))).build();
        Flow plain = Flow.named("plain").node("leaf", leaf).build();
        Flow outer = Flow.named("outer").node("plain", plain).forEach(shared -> List.of(Map.of("a", 1, "b", 2))).build();

        TestRuns.run(outer, store).orThrow();

        assertThat(trace(store)).containsExactly(Map.of("a", "inner wins", "b", 2, "c", 3));
    }

    @Test
    void paramsOfAnInnerBatch_endWithIt() {
        Flow batch = Flow.named("batch").node("n", acting(null)).forEach(shared -> List.of(Map.of("a", 1))).build();

        TestRuns.run(Flow.named("outer").node("batch", batch).then("last").node("last", posting(shared -> {
            TestSteps.traced(shared, shared.params());
            return null;
        })).build(), store);

        assertThat(trace(store)).containsExactly(Map.of());
    }

    @Test
    void thousandFlowsDeep_runsAndReturns() {
        Flow flow = Flow.named("f0").node("n", trace("deepest", "up")).build();
        for (int i = 1; i <= 1000; i++) {
            flow = Flow.named("f" + i).node("nested", flow).on("up", "n").node("n", acting("up")).build();
        }

        Run run = TestRuns.of(flow, store);

        assertThat(run.start().orThrow().action()).isEqualTo("up");
        assertThat(run.steps()).isEqualTo(2001);
    }

    @Test
    void flowsAsDeepAsMemory_areParts() {
        Flow flow = Flow.named("f0").node("n", trace("deepest")).build();
        for (int i = 1; i <= 20_000; i++) {
            flow = Flow.named("f" + i).node("nested", flow).build();
        }

        TestRuns.of(Flow.branches("beside", flow), store).maxSteps(30_000).start().orThrow();

        assertThat(trace(store)).containsExactly("deepest");
    }

    @Test
    void flowUsedTwiceAtEachOfManyLevels_isCheckedOnce() {
        Flow flow = Flow.named("f0").node("n", acting("x")).build();
        for (int i = 1; i <= 60; i++) {
            flow = Flow.named("f" + i).node("a", flow).then("b").node("b", flow).build();
        }

        assertThat(Flow.branches("beside", flow).branches()).hasSize(1);
    }

    @Test
    void thousandFlowsDeep_positionHasAllFrames_whenTheDeepestFails() {
        Flow flow = Flow.named("f0").node("n", failing(new IllegalStateException())).build();
        for (int i = 1; i <= 1000; i++) {
            flow = Flow.named("f" + i).node("nested", flow).build();
        }

        List<Position.Frame> position = ((Outcome.Failed) TestRuns.run(flow, store)).envelope().position().frames();

        assertThat(position).hasSize(1001);
        assertThat(position.get(0).flow()).isEqualTo("f1000");
        assertThat(TestSteps.place(position.get(1000))).isEqualTo("f0/n");
    }
}
