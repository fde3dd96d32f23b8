package dev.pocketflow;

import static dev.pocketflow.TestSteps.acting;
import static dev.pocketflow.TestSteps.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A node declares some actions and answers another one. This is a typo or a model's invention, and the run must not succeed.
 */
class UndeclaredActionTest {

    private final Store store = Store.create();

    private static Step batch(String action) {
        return new BatchNode<Integer, Integer>() {
            @Override
            public List<Integer> prep(Store shared) {
                return List.of(1, 2);
            }

            @Override
            public Integer exec(Integer item) {
                return item;
            }

            @Override
            public String post(Store shared, List<Integer> items, List<Integer> results) {
                TestSteps.traced(shared, "work");
                return action;
            }
        };
    }

    private static Step async(String action) {
        return new AsyncNode<Object, Object>() {
            @Override
            public CompletableFuture<Object> exec(Object prepared) {
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public String post(Store shared, Object prepared, Object result) {
                TestSteps.traced(shared, "work");
                return action;
            }
        };
    }

    private static Flow.Builder inner(String action) {
        return Flow.named("inner").node("a", trace("work", action));
    }

    /** Every kind of step that can answer an action, and its answer. */
    static Stream<Arguments> steps() {
        return Stream.of(Arguments.of("a node", trace("work", "odd"), "odd"),
                Arguments.of("a node that answers nothing", trace("work", null), "default"),
                Arguments.of("a batch", batch("odd"), "odd"), Arguments.of("an async node", async("odd"), "odd"),
                Arguments.of("a nested flow, by its last action", inner("odd").build(), "odd"),
                Arguments.of("a flow in a nested flow", Flow.named("middle").node("in", inner("odd").build()).build(), "odd"),
                Arguments.of("a nested flow that renames its action", inner("x").after((shared, last) -> "odd").build(), "odd"),
                Arguments.of("a batch flow", inner("x").forEach(shared -> List.of(Map.of())).build(), "default"),
                Arguments.of("an empty batch flow", Flow.named("first").node("t", trace("work")).then("none")
                        .node("none", inner("x").forEach(shared -> null).build()).build(), "default"),
                Arguments.of("branches", Flow.branches("side", inner("x").build()), "default"),
                Arguments.of("a wait", Flow.named("nap").node("t", trace("work")).then("w")
                        .node("w", Wait.of(Duration.ofDays(1))).build(), "default"),
                Arguments.of("a signal that expires", Flow.named("ask").node("t", trace("work")).then("s")
                        .node("s", Await.signal("go").expires(Duration.ofDays(1))).build(), "expired"),
                Arguments.of("a flow of another function", new RemoteFlow("other"), "odd"));
    }

    private static Flow graph(Step step, UnaryOperator<Flow.Builder> declared) {
        return declared.apply(Flow.named("flow").node("it", step)).node("next", trace("next")).build();
    }

    private static Outcome walk(Flow flow, Outcome last) {
        WaitingRun waiting = new WaitingRun(flow);
        Outcome outcome = last == null ? waiting.start(Store.create()) : waiting.later(last).start();
        while (!(outcome instanceof Outcome.Completed || outcome instanceof Outcome.Failed)) {
            waiting.pass(Duration.ofDays(2));
            boolean away = outcome instanceof Outcome.HandedOver left && left.envelope().target().equals("other");
            outcome = away ? TestRuns.resume(Flow.named("other").node("t", trace("work", "odd")).build(),
                    EnvelopeRoundTrip.of(((Outcome.HandedOver) outcome).envelope())).start() : waiting.later(outcome).start();
        }
        return outcome;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("steps")
    void failedRun_continuesOnARepairedGraph_withoutTheNode(String what, Step step, String action) {
        Outcome.Failed failed = (Outcome.Failed) walk(graph(step, node -> node.on("x", "next").ends("y")), null);

        assertThat(failed.failure()).isInstanceOf(FlowException.UndeclaredAction.class)
                .hasMessage("flow 'flow', node 'it': action '" + action
                        + "' has no edge (edges: [x], ends: [y]). If the flow should end here, declare ends(\"" + action
                        + "\")");
        assertThat(HandedOverRun.places(failed.envelope())).containsExactly("flow/it");
        assertThat(failed.envelope().position().frames().get(0).action()).isEqualTo(action);
        assertThat(trace(failed.store())).containsExactly("work");

        Outcome.Failed again = (Outcome.Failed) walk(graph(step, node -> node.on("x", "next").ends("y")), failed);
        assertThat(again.failure()).hasMessage(failed.failure().getMessage());
        assertThat(again.envelope().position()).isEqualTo(failed.envelope().position());
        assertThat(again.envelope().steps()).isEqualTo(failed.envelope().steps());

        assertThat(trace(walk(graph(step, node -> node.on("x", "next").on(action, "next")), again).orThrow().store()))
                .containsExactly("work", "next");
        assertThat(walk(graph(step, node -> node.on("x", "next").ends(action)), again).orThrow())
                .matches(done -> done.action().equals(action) && trace(done.store()).equals(List.of("work")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("steps")
    void nodeThatDeclaresNothing_endsTheFlow_withAnyAction(String what, Step step, String action) {
        Flow flow = Flow.named("flow").node("it", step).build();

        assertThat(walk(flow, null).orThrow().action()).isEqualTo(action);
    }

    @Test
    void endsAlone_areDeclarationsToo() {
        Flow flow = Flow.named("flow").node("review", acting("aproved")).ends("approved").ends("rejected").build();

        assertThat(TestSteps.failure(TestRuns.run(flow, store)))
                .hasMessage("flow 'flow', node 'review': action 'aproved' has no edge "
                        + "(ends: [approved, rejected]). If the flow should end here, declare ends(\"aproved\")");
    }

    @Test
    void asynchronousRun_failsAsWell() throws Exception {
        Flow flow = Flow.named("flow").node("it", async("odd")).ends("done").build();

        assertThat(TestSteps.failure(TestRuns.runAsync(flow, store).toCompletableFuture().get()))
                .isInstanceOf(FlowException.UndeclaredAction.class);
    }

    private static Flow each(int concurrency, UnaryOperator<Flow.Builder> declared) {
        return declared.apply(Flow.named("each").node("a", TestSteps.posting(shared -> {
            int item = (Integer) shared.params().get("i");
            TestSteps.traced(shared, item);
            return item == 1 ? "odd" : "fine";
        })).ends("fine")).forEach(shared -> IntStream.range(0, 3).mapToObj(i -> Map.of("i", i)).toList())
                .concurrency(concurrency).build();
    }

    /** The flow drops the actions of its iterations, but each iteration must end at a declared end. */
    @ParameterizedTest
    @ValueSource(ints = { 1, 3 })
    void iteration_isHeldToItsOwnGraph(int concurrency) {
        Outcome failed = TestRuns.run(each(concurrency, node -> node), store);

        assertThat(TestSteps.failure(failed)).isInstanceOf(FlowException.UndeclaredAction.class)
                .hasMessageContaining("flow 'each', node 'a': action 'odd' has no edge (ends: [fine])");

        Outcome done = TestRuns
                .resume(each(concurrency, node -> node.ends("odd")), EnvelopeRoundTrip.of(((Outcome.Failed) failed).envelope()))
                .start();
        assertThat(done.orThrow().action()).isEqualTo("default");
        assertThat(trace(done.store())).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void branch_isHeldToItsOwnGraph() {
        Flow branch = Flow.named("one").node("a", trace("one", "odd")).ends("fine").build();

        Outcome.Failed failed = (Outcome.Failed) TestRuns.run(Flow.branches("side", branch), store);

        assertThat(failed.failure()).hasMessageContaining("flow 'one', node 'a': action 'odd' has no edge");
        Flow repaired = Flow.branches("side", Flow.named("one").node("a", trace("one", "odd")).ends("odd").build());
        assertThat(trace(TestRuns.resume(repaired, EnvelopeRoundTrip.of(failed.envelope())).start().orThrow().store()))
                .containsExactly("one");
    }

    @Test
    void path_hasTheStep_andWhatItAnswered() {
        Run run = TestRuns.of(Flow.named("flow").node("it", acting("odd")).ends("done").build(), store);

        run.start();

        assertThat(run.path()).singleElement()
                .matches(
                        step -> step.node().equals("it") && step.action().equals(Optional.of("odd")) && step.error().isEmpty());
    }

    @Test
    void signalWithAnUndeclaredAction_isRefused_ifOnlyTheExpiryIsDeclared() {
        WaitingRun waiting = new WaitingRun(
                Flow.named("flow").node("ask", Await.signal("go").expires(Duration.ofDays(1))).ends("expired")
                        .build());
        Run run = waiting.later(waiting.start(store));

        assertThatThrownBy(() -> run.signal("go", null, null)).isInstanceOf(FlowException.UnexpectedSignal.class)
                .hasMessageContaining("declares no action for signal 'go'");
    }
}
