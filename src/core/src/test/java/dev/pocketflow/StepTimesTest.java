package dev.pocketflow;

import static dev.pocketflow.TestSteps.executing;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepTimesTest {

    private final AtomicLong clock = new AtomicLong(1_000);

    /** A step that takes this long. */
    private Node<Object, Object> taking(long nanos) {
        return executing(() -> clock.addAndGet(nanos));
    }

    private List<Map.Entry<String, Long>> times(Flow flow, boolean listened) {
        Run run = TestRuns.of(flow, Store.create()).nanoTime(clock::get).executor(Runnable::run);
        if (listened) {
            run.listener(event -> clock.addAndGet(event instanceof RunEvent.StepFinished ? 1_000_000 : 0));
        }
        run.start();
        return run.path().stream().map(step -> Map.entry(step.node(), step.duration().toNanos())).toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void steps_areTimedEachByItself_withoutTheListener(boolean listened) {
        Flow flow = Flow.named("flow").node("a", taking(5)).then("b").node("b", taking(7)).then("c")
                .node("c", TestSteps.failing(new IllegalStateException())).build();

        assertThat(times(flow, listened)).containsExactly(Map.entry("a", 5L), Map.entry("b", 7L), Map.entry("c", 0L));
    }

    @Test
    void batch_isTimedAsAWhole() {
        Flow flow = TestSteps.flow(TestSteps.batch(1, List.of(1, 2, 3), item -> clock.addAndGet(10)));

        assertThat(times(flow, false)).containsExactly(Map.entry("node", 30L));
    }

    @Test
    void asyncStep_isTimedToTheEndOfItsPost() throws Exception {
        CompletableFuture<Object> stage = new CompletableFuture<>();
        Run run = TestRuns.of(TestSteps.flow(TestSteps.async(() -> stage)), Store.create()).nanoTime(clock::get)
                .executor(Runnable::run);
        CompletableFuture<Outcome> outcome = run.startAsync().toCompletableFuture();

        clock.addAndGet(40);
        stage.complete("answer");

        assertThat(outcome).isDone();
        assertThat(run.path()).singleElement().extracting(RunEvent.StepFinished::duration).isEqualTo(Duration.ofNanos(40));
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void stepAfterParallelParts_isNotChargedForThem(boolean listened) {
        Flow parallel = Flow.branches("parallel", Flow.named("x").node("slow", taking(1_000)).build());
        Flow flow = Flow.named("flow").node("a", taking(5)).then("p").node("p", parallel).then("b").node("b", taking(7))
                .build();

        assertThat(times(flow, listened)).containsExactly(Map.entry("a", 5L), Map.entry("slow", 1_000L), Map.entry("b", 7L));
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void stepsAroundAFlowsOwnFunctions_areNotChargedForThem(boolean listened) {
        Flow each = Flow.named("each").node("n", taking(3)).forEach(shared -> {
            clock.addAndGet(500);
            return List.of(Map.of());
        }).after((shared, action) -> {
            clock.addAndGet(700);
            return action;
        }).build();
        Flow flow = Flow.named("flow").node("a", taking(5)).then("each").node("each", each).then("b").node("b", taking(7))
                .build();

        assertThat(times(flow, listened)).containsExactly(Map.entry("a", 5L), Map.entry("n", 3L), Map.entry("b", 7L));
    }

    @Test
    void runWithoutPath_countsItsSteps_andReadsNoClock() {
        Flow flow = Flow.named("flow").node("a", taking(5)).then("b").node("b", TestSteps.batch(1, List.of(1), item -> item))
                .build();
        Run run = TestRuns.of(flow, Store.create()).withoutPath().nanoTime(() -> {
            throw new AssertionError("read");
        });

        assertThat(run.start().orThrow().action()).isEqualTo("default");
        assertThat(run.path()).isEmpty();
        assertThat(run.steps()).isEqualTo(2);
    }

    @Test
    void listenerOfARunWithoutPath_isToldOfStepsAndTheirTimes() {
        List<Duration> told = new ArrayList<>();
        Run run = TestRuns.of(TestSteps.flow(taking(5)), Store.create()).withoutPath().nanoTime(clock::get)
                .listener(event -> {
                    if (event instanceof RunEvent.StepFinished step) {
                        told.add(step.duration());
                    }
                });

        run.start().orThrow();

        assertThat(told).containsExactly(Duration.ofNanos(5));
        assertThat(run.path()).isEmpty();
    }

    @Test
    void runWithoutPath_keepsTheResumedPath_andFails_andLoops_likeOthers() {
        Flow loop = Flow.named("flow").node("a", taking(5)).then("a").build();
        Run run = TestRuns.of(loop, Store.create()).withoutPath().maxSteps(7);
        Outcome.Failed stopped = (Outcome.Failed) run.start();
        Run resumed = TestRuns.resume(loop, stopped.envelope()).maxSteps(9);
        Outcome.Failed again = (Outcome.Failed) resumed.start();

        assertThat(stopped.envelope().path()).isEmpty();
        assertThat(again.envelope().path()).extracting(RunEvent.StepFinished::sequence).containsExactly(8, 9);
        assertThat(
                ((Outcome.Failed) TestRuns.resume(loop, again.envelope()).withoutPath().maxSteps(11).start()).envelope().path())
                .extracting(RunEvent.StepFinished::sequence).containsExactly(8, 9);
    }
}
