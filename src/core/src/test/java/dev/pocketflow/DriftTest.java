package dev.pocketflow;

import static dev.pocketflow.TestSteps.acting;
import static dev.pocketflow.TestSteps.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A run that resumes on a changed graph continues if every frame resolves. Otherwise the resume fails and names what is
 * missing.
 */
class DriftTest {

    @RegisterExtension
    final Warnings warnings = new Warnings();

    private static final class Renamed implements Node<Object, Object> {
        @Override
        public String post(Store shared, Object prepared, Object result) {
            TestSteps.traced(shared, "renamed");
            return null;
        }
    }

    private static Flow.Builder first() {
        return Flow.named("f").node("a", trace("a"));
    }

    private static Flow abc() {
        return first().then("b").node("b", trace("b")).then("c").node("c", trace("c")).build();
    }

    /** {@return the run, handed over before a node} */
    private static Envelope left(Flow flow, Predicate<GraphNode> due) {
        Outcome outcome = TestRuns.of(flow, Store.create()).executor(Runnable::run).handOverWhen(due).start();
        return EnvelopeRoundTrip.of(((Outcome.HandedOver) outcome).envelope());
    }

    private static Envelope before(String node, Flow flow) {
        return left(flow, next -> next.name().equals(node));
    }

    private static List<Object> continued(Flow flow, Envelope envelope) {
        return trace(TestRuns.resume(flow, envelope).start().orThrow().store());
    }

    private static void isRefused(Flow flow, Envelope envelope, String unresolved) {
        assertThatExceptionOfType(FlowException.Drifted.class).isThrownBy(() -> TestRuns.resume(flow, envelope))
                .withMessage("flow '" + flow.name() + "' no longer has what the run stands on: " + unresolved
                        + ". Put it back, or resume the run with the version it began with");
    }

    private static boolean hasDrifted(Flow flow, Envelope envelope) {
        return !flow.fingerprint().equals(envelope.position().graph());
    }

    @Test
    void renamedClass_isTheSameGraph() {
        Envelope envelope = before("b", abc());
        Flow flow = first().then("b").node("b", new Renamed()).then("c").node("c", trace("c")).build();

        assertThat(hasDrifted(flow, envelope)).isFalse();
        assertThat(continued(flow, envelope)).containsExactly("a", "renamed", "c");
    }

    @Test
    void addedNode_isVisited() {
        Envelope envelope = before("b", abc());
        Flow flow = first().then("b").node("b", trace("b")).then("new").node("new", trace("new")).then("c")
                .node("c", trace("c")).build();

        assertThat(hasDrifted(flow, envelope)).isTrue();
        assertThat(continued(flow, envelope)).containsExactly("a", "b", "new", "c");
    }

    @Test
    void removedNodes_areIgnored_ifNoFrameIsAtThem() {
        Envelope envelope = before("b", abc());
        Flow flow = Flow.named("f").node("b", trace("b")).build();

        assertThat(hasDrifted(flow, envelope)).isTrue();
        assertThat(continued(flow, envelope)).containsExactly("a", "b");
    }

    @Test
    void removedNode_isNamed_ifAFrameIsAtIt() {
        isRefused(first().then("c").node("c", trace("c")).build(), before("b", abc()), "node 'b' of flow 'f'");
    }

    @Test
    void changedEdge_isFollowedInItsNewForm() {
        Envelope envelope = before("b", abc());
        Flow flow = first().then("b").node("b", trace("b")).then("d").on("x", "c").node("c", trace("c")).node("d", trace("d"))
                .build();

        assertThat(hasDrifted(flow, envelope)).isTrue();
        assertThat(continued(flow, envelope)).containsExactly("a", "b", "d");
    }

    @Test
    void renamedFlow_isNamed() {
        isRefused(Flow.named("g").node("b", trace("b")).build(), before("b", abc()), "flow 'f'");
        isRefused(Flow.named("g").node("a", trace("a")).build(), Envelope.first(abc(), Store.create()), "flow 'f'");
    }

    private static Flow around(String node, Step step) {
        return Flow.named("outer").node(node, step).build();
    }

    @Test
    void removedNestedFlow_isNamedWithItsPlace() {
        Envelope envelope = before("b", around("in", abc()));
        Flow sameNode = around("in", abc());

        assertThat(continued(sameNode, envelope)).containsExactly("a", "b", "c");
        isRefused(around("other", abc()), envelope, "node 'in' of flow 'outer'");
        isRefused(around("in", acting(null)), envelope, "flow 'f' at node 'in' of flow 'outer'");
        isRefused(around("in", Flow.named("g").node("b", acting(null)).build()), envelope,
                "flow 'f' at node 'in' of flow 'outer'");
        isRefused(around("in", Flow.named("f").node("x", acting(null)).build()), envelope, "node 'b' of flow 'f'");
    }

    @Test
    void plainNode_thatBecameAFlow_isEntered() {
        Flow flow = first().then("b").node("b", Flow.named("in").node("x", trace("x")).build()).build();

        assertThat(continued(flow, before("b", abc()))).containsExactly("a", "x");
    }

    private static Flow batch(BatchNode<?, ?> node) {
        return first().then("b").node("b", node).build();
    }

    /** {@return a run that was handed over after the first item} */
    private static Envelope inBatch() {
        int[] asked = { 0 };
        return left(batch(new Numbers()), next -> next.name().equals("b") && ++asked[0] == 3);
    }

    private static final class Numbers implements BatchNode<Integer, Integer> {
        @Override
        public List<Integer> prep(Store shared) {
            return List.of(1, 2);
        }

        @Override
        public Integer exec(Integer item) {
            return item;
        }
    }

    record Point(int x) {
    }

    private static final class Points implements BatchNode<Point, Integer> {
        @Override
        public Integer exec(Point item) {
            return item.x();
        }
    }

    private static final class Longs implements ParallelBatchNode<Long, String> {
        @Override
        public String exec(Long item) {
            return "r" + item;
        }

        @Override
        public String post(Store shared, List<Long> items, List<String> results) {
            TestSteps.traced(shared, items);
            TestSteps.traced(shared, results);
            return null;
        }
    }

    @Test
    void batchNode_isNamed_ifItBecameAPlainNode() {
        assertThat(inBatch().position().frames().get(0).batch().results()).isEqualTo(Map.of(0, 1));
        isRefused(first().then("b").node("b", trace("b")).build(), inBatch(), "the items of node 'b' of flow 'f'");
    }

    @Test
    void batchNodeThatHasNotBegun_mayBecomeAPlainNode() {
        assertThat(continued(abc(), before("b", batch(new Numbers())))).containsExactly("a", "b", "c");
    }

    @Test
    void itemsOfAnotherType_areNamed_orReadAsIt() {
        isRefused(batch(new Points()), inBatch(), "the items of node 'b' of flow 'f'");
        assertThat(continued(batch(new Longs()), inBatch())).containsExactly("a", List.of(1L, 2L), List.of("1", "r2"));
    }

    private static Flow part(String name) {
        return Flow.named(name).node("x", trace(name + "x")).then("y").node("y", trace(name + "y")).build();
    }

    /** {@return a run whose branch one is done, and whose branch two is positioned at y} */
    private static Envelope atBranches() {
        Flow one = Flow.named("one").node("x", trace("one")).build();
        return before("y", Flow.branches("f", one, part("two")));
    }

    @Test
    void addedBranch_isRun_andARemovedOneThatIsDone_isNotMissed() {
        assertThat(continued(Flow.branches("f", part("two"), part("three")), atBranches())).containsExactlyInAnyOrder("one",
                "twox",
                "twoy", "threex", "threey");
    }

    @Test
    void removedBranch_thatIsNotDone_isNamed() {
        isRefused(Flow.branches("f", part("one"), part("three")), atBranches(), "part 'two' of flow 'f'");
    }

    @Test
    void allMissingNames_areInOneMessage() {
        Envelope envelope = before("y", Flow.branches("f", part("one"), part("two")));
        Flow one = Flow.named("one").node("x", trace("x")).build();
        Flow two = Flow.named("two").node("z", trace("z")).build();

        isRefused(Flow.branches("f", one, two), envelope, "node 'y' of flow 'one', node 'y' of flow 'two'");
    }

    @Test
    void branchesThatBecameAGraph_orTheReverse_areNamed() {
        isRefused(abc(), atBranches(), "part 'two' of flow 'f'");
        isRefused(Flow.branches("f", part("one")), before("b", abc()), "node 'b' of flow 'f'");
    }

    private static Flow each(int concurrency) {
        return first().then("b").node("b", TestSteps.posting(shared -> {
            TestSteps.traced(shared, "b" + shared.params().get("i"));
            return null;
        })).forEach(shared -> List.of(Map.of("i", 0), Map.of("i", 1))).concurrency(concurrency).build();
    }

    @Test
    void sequentialIterations_stayInOrder_ifTheFlowBecomesParallel() {
        assertThat(continued(each(2), before("b", each(1)))).containsExactly("a", "b0", "a", "b1");
    }

    @Test
    void parallelIterations_areNamed_ifTheFlowBecomesSequential() {
        Envelope envelope = before("b", each(2));

        isRefused(each(1), envelope, "part '0' of flow 'f', part '1' of flow 'f'");
        assertThat(continued(each(7), envelope)).containsExactlyInAnyOrder("a", "a", "b0", "b1");
    }

    @Test
    void removedLoop_finishesItsIterations_andANewLoopHasNone() {
        Flow plain = first().then("b").node("b", trace("b")).build();

        assertThat(continued(plain, before("b", each(1)))).containsExactly("a", "b", "a", "b");
        assertThat(continued(each(1), before("b", plain))).containsExactly("a", "bnull");
    }
}
