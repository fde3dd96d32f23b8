package dev.pocketflow;

import static dev.pocketflow.TestSteps.acting;
import static dev.pocketflow.TestSteps.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValidationTest {

    private final Step step = acting(null);

    private static void assertInvalid(ThrowingCallable building, String message) {
        assertThatThrownBy(building).isInstanceOf(FlowException.InvalidFlow.class).hasMessage(message);
    }

    @Test
    void noNodes_isRefused() {
        assertInvalid(() -> Flow.named("agent").build(), "flow 'agent': it has no nodes. Add one with node(name, step)");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "  " })
    void flowNameBlank_isRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Flow.named(name))
                .withMessage("a flow's name must not be blank, was '" + name + "'");
    }

    @Test
    void flowNameNull_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Flow.named(null))
                .withMessage("a flow's name must not be blank, was null");
    }

    @Test
    void nodeNameBlankOrNull_isRefused() {
        assertInvalid(() -> Flow.named("agent").node(" ", step),
                "flow 'agent': a node's name is blank. Give every node a name");
        assertInvalid(() -> Flow.named("agent").node(null, step),
                "flow 'agent': a node's name is blank. Give every node a name");
    }

    @Test
    void nodeNameTaken_isRefused() {
        assertInvalid(() -> Flow.named("agent").node("decide", step).node("decide", step),
                "flow 'agent': node 'decide' is declared twice. Rename one of the two; a step may stand under several names");
    }

    @Test
    void stepNull_isRefusedByName() {
        assertThatNullPointerException().isThrownBy(() -> Flow.named("agent").node("decide", null))
                .withMessage("flow 'agent', node 'decide': step");
    }

    @Test
    void unknownTarget_isRefused_withTheKnownNodes() {
        assertInvalid(() -> Flow.named("agent").node("decide", step).on("search", "serch").node("search", step).build(),
                "flow 'agent': node 'decide': action 'search' leads to 'serch', which is no node. "
                        + "The nodes are [decide, search]; correct the target or add the node");
    }

    @Test
    void targetNull_isRefusedByName() {
        assertThatNullPointerException().isThrownBy(() -> Flow.named("agent").node("decide", step).on("search", null))
                .withMessage("flow 'agent', node 'decide', action 'search': target");
    }

    @Test
    void unreachableNodes_areRefused_thoughTheyLeadToEachOther() {
        assertInvalid(() -> Flow.named("agent").node("start", step).node("x", step).then("y").node("y", step).then("x").build(),
                "flow 'agent': no edge leads to [x, y] from the start 'start'. "
                        + "Add an edge with on(action, target) or then(target), or remove the node");
    }

    @Test
    void edgeDeclaredTwice_isRefused() {
        assertInvalid(() -> Flow.named("agent").node("decide", step).on("go", "decide").on("go", "decide"),
                "flow 'agent': node 'decide': action 'go' is declared twice. "
                        + "Keep one of the two, or give the other another action");
    }

    @Test
    void defaultEdgeDeclaredTwice_isRefused_inEverySpelling() {
        String message = "flow 'agent': node 'decide': action 'default' is declared twice. "
                + "Keep one of the two, or give the other another action";

        assertInvalid(() -> Flow.named("agent").node("decide", step).then("decide").on("", "decide"), message);
        assertInvalid(() -> Flow.named("agent").node("decide", step).then("decide").on("default", "decide"), message);
        assertInvalid(() -> Flow.named("agent").node("decide", step).then("decide").ends(null), message);
    }

    @Test
    void actionWithEdgeAndEnd_isRefused() {
        String message = "flow 'agent': node 'decide': action 'go' is declared twice. "
                + "Keep one of the two, or give the other another action";

        assertInvalid(() -> Flow.named("agent").node("decide", step).on("go", "decide").ends("go"), message);
        assertInvalid(() -> Flow.named("agent").node("decide", step).ends("go").on("go", "decide"), message);
        assertInvalid(() -> Flow.named("agent").node("decide", step).ends("go").ends("go"), message);
    }

    @Test
    void edgeBeforeAnyNode_isRefused() {
        assertInvalid(() -> Flow.named("agent").then("decide"),
                "flow 'agent': action 'default' is declared before any node. Add its node(...) first");
        assertInvalid(() -> Flow.named("agent").ends("done"),
                "flow 'agent': action 'done' is declared before any node. Add its node(...) first");
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, -1 })
    void concurrencyBelowOne_isRefused(int concurrency) {
        assertThatIllegalArgumentException().isThrownBy(() -> Flow.named("agent").concurrency(concurrency))
                .withMessage("concurrency must be at least 1, was " + concurrency);
    }

    @Test
    void concurrencyWithoutForEach_isRefused() {
        assertInvalid(() -> Flow.named("agent").node("decide", step).concurrency(2).build(),
                "flow 'agent': concurrency(2) without forEach(...). "
                        + "Add forEach(...), or use Flow.branches(...) to run different flows side by side");
    }

    @Test
    void noBranches_isRefused() {
        assertInvalid(() -> Flow.branches("gather"), "flow 'gather': it has no branches. Name at least one flow");
    }

    @Test
    void branchesOfOneName_areRefused() {
        assertInvalid(() -> Flow.branches("gather", TestSteps.flow(step), TestSteps.flow(step)),
                "flow 'gather': two branches are named 'flow'. Rename one");
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, -1 })
    void maxStepsBelowOne_isRefused(int maxSteps) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestRuns.of(TestSteps.flow(step), Store.create()).maxSteps(maxSteps))
                .withMessage("maxSteps must be at least 1, was " + maxSteps);
    }

    @Test
    void builtFlow_isUnchanged_whenItsBuilderContinues() {
        Flow.Builder builder = Flow.named("agent").node("a", trace("a", "done")).ends("done");
        Flow flow = builder.build();

        builder.ends("more").then("b").node("b", step).after((store, action) -> "changed");

        assertThat(flow.nodes()).containsOnlyKeys("a");
        assertThat(flow.nodes().get("a").ends()).containsExactly("done");
        assertThat(flow.nodes().get("a").edges()).isEmpty();
        assertThat(TestRuns.run(flow, Store.create()).orThrow().action()).isEqualTo("done");
    }

    @Test
    void builtGraph_cannotBeChanged() {
        Flow flow = Flow.named("agent").node("a", step).on("x", "a").ends("y").build();
        GraphNode vertex = flow.nodes().get("a");

        assertThatThrownBy(() -> flow.nodes().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> vertex.edges().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> vertex.ends().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> Flow.branches("b", flow).branches().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
