package dev.pocketflow;

import static dev.pocketflow.TestSteps.acting;
import static dev.pocketflow.TestSteps.failing;
import static dev.pocketflow.TestSteps.failure;
import static dev.pocketflow.TestSteps.flow;
import static dev.pocketflow.TestSteps.posting;
import static dev.pocketflow.TestSteps.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.pocketflow.engine.position.Position;

class RunTest {

    @RegisterExtension
    final Warnings warnings = new Warnings();

    private final Store store = Store.create();
    private final List<RunEvent> events = new CopyOnWriteArrayList<>();

    private static Flow loop(Step step) {
        return Flow.named("flow").node("node", step).then("node").build();
    }

    @Test
    void run_hasAnIdAndItsFlow() {
        Flow flow = flow(trace("a"));
        Run run = Run.of(flow, store);

        assertThat(run.id()).hasSize(26).isNotEqualTo(Run.of(flow, store).id());
        assertThat(run.flow()).isSameAs(flow);
        assertThat(run.path()).isEmpty();
        assertThat(run.steps()).isZero();
    }

    @Test
    void startedTwice_isRefused() {
        Run run = TestRuns.of(flow(trace("a")), store);
        run.start();

        assertThatIllegalStateException().isThrownBy(run::start)
                .withMessage("run " + run.id() + " was started before: make another with Run.of(flow, store)");
        assertThatIllegalStateException().isThrownBy(run::startAsync);
        assertThat(trace(store)).containsExactly("a");
    }

    @Test
    void settingsOfNull_areRefusedByName() {
        Run run = TestRuns.of(flow(trace("a")), store);

        assertThatNullPointerException().isThrownBy(() -> run.listener(null)).withMessage("listener");
        assertThatNullPointerException().isThrownBy(() -> run.remaining(null)).withMessage("remaining");
        assertThatNullPointerException().isThrownBy(() -> run.executor(null)).withMessage("executor");
    }

    @Test
    void listener_isToldOfEveryStepInOrder() {
        IllegalStateException wrong = new IllegalStateException();
        Flow flow = Flow.named("flow").node("a", acting("go")).on("go", "b").node("b", failing(wrong)).build();
        Run run = TestRuns.of(flow, store).nanoTime(() -> 0).listener(events::add);

        Outcome.Failed failed = (Outcome.Failed) run.start();

        assertThat(events).containsExactly(
                new RunEvent.RunStarted(run.id(), "flow"),
                new RunEvent.StepStarted(run.id(), "flow", "a", 1),
                new RunEvent.StepFinished(run.id(), "flow", "a", 1, "go", 0, 1, null),
                new RunEvent.StepStarted(run.id(), "flow", "b", 2),
                new RunEvent.AttemptFailed(run.id(), "flow", "b", 2, OptionalInt.empty(), 1, wrong),
                new RunEvent.StepFinished(run.id(), "flow", "b", 2, null, 0, 1, "java.lang.IllegalStateException"),
                new RunEvent.Failed(run.id(), "flow", failed.failure()));
        assertThat(run.path()).isEqualTo(events.stream().filter(RunEvent.StepFinished.class::isInstance).toList());
    }

    @ParameterizedTest
    @ValueSource(classes = { IllegalStateException.class, AssertionError.class, StackOverflowError.class })
    void listenerThrows_isLogged_andTheRunContinues(Class<? extends Throwable> type) throws Exception {
        Throwable thrown = type.getDeclaredConstructor().newInstance();
        Run run = TestRuns.of(Flow.named("flow").node("a", trace("a")).then("b").node("b", trace("b")).build(), store);

        Outcome outcome = run.listener(event -> {
            throw TestSteps.<RuntimeException> sneaky(thrown);
        }).start();

        assertThat(outcome).isInstanceOf(Outcome.Completed.class);
        assertThat(trace(store)).containsExactly("a", "b");
        assertThat(warnings.messages()).hasSize(6).contains("run " + run.id() + ": a listener failed at a",
                "run " + run.id() + ": a listener failed at the event RunStarted",
                "run " + run.id() + ": a listener failed at the event Completed");
        assertThat(warnings.records()).allMatch(entry -> entry.getThrown() == thrown);
    }

    @Test
    void listenerRunsOutOfMemory_goesUpAsItIs() {
        OutOfMemoryError error = new OutOfMemoryError("made up");

        assertThatThrownBy(() -> TestRuns.of(flow(trace("a")), store).listener(event -> {
            throw error;
        }).start()).isSameAs(error);
    }

    @Test
    void endlessLoop_isStopped_andTheMessageSaysWhatToDo() {
        Run run = TestRuns.of(loop(acting(null)), store).maxSteps(5);

        Outcome.Failed failed = (Outcome.Failed) run.start();

        assertThat(failed.failure()).isInstanceOf(FlowException.Stopped.class).hasMessage("flow 'flow', node 'node': the run "
                + "stopped here, because it has made its 5 steps. If the flow has no endless loop, raise the limit "
                + "(Run.maxSteps, quarkus.pocketflow.max-steps)");
        assertThat(run.steps()).isEqualTo(5);
        assertThat(failed.envelope().position().frames()).extracting(TestSteps::place).containsExactly("flow/node");
    }

    @Test
    void endlessLoop_isStoppedByDefault_afterTenThousandSteps() {
        AtomicInteger visits = new AtomicInteger();

        Outcome outcome = TestRuns.run(loop(posting(shared -> {
            visits.incrementAndGet();
            return null;
        })), store);

        assertThat(failure(outcome)).isInstanceOf(FlowException.Stopped.class);
        assertThat(visits).hasValue(10_000);
    }

    @Test
    void runThatNeedsExactlyItsSteps_completes() {
        Flow flow = Flow.named("flow").node("a", trace("a")).then("b").node("b", trace("b")).build();

        assertThat(TestRuns.of(flow, store).maxSteps(2).start()).isInstanceOf(Outcome.Completed.class);
        assertThat(TestRuns.of(flow, store).maxSteps(1).start()).isInstanceOf(Outcome.Failed.class);
    }

    /** The loop never visits a node. */
    @Test
    void endlessLoopOverAnEmptyBatchFlow_isStopped() {
        Flow empty = Flow.named("empty").node("n", acting(null)).forEach(shared -> List.of()).build();

        assertThat(failure(TestRuns.of(loop(empty), store).maxSteps(7).start())).isInstanceOf(FlowException.Stopped.class)
                .hasMessageContaining("its 7 steps");
    }

    @Test
    void endlessLoopInOneOfManyParts_stopsThemAll() {
        Flow branch = loop(acting(null));
        Flow flow = Flow.branches("all", branch, Flow.named("each").node("n", branch)
                .forEach(shared -> IntStream.range(0, 4).mapToObj(i -> Map.of("i", i)).toList()).concurrency(4).build());
        Run run = TestRuns.of(flow, store).maxSteps(1000);

        Outcome outcome = run.start();

        assertThat(failure(outcome)).isInstanceOf(FlowException.Stopped.class).hasMessageContaining("its 1000 steps");
        assertThat(run.steps()).isEqualTo(1000);
    }

    @Test
    void timeIsUp_stopsBetweenTwoSteps() {
        List<Duration> left = new ArrayList<>(List.of(Duration.ofMillis(5), Duration.ofNanos(1), Duration.ZERO));
        Flow flow = Flow.named("flow").node("a", trace("a")).then("b").node("b", trace("b")).then("c").node("c", trace("c"))
                .build();

        Outcome.Failed failed = (Outcome.Failed) TestRuns.of(flow, store).remaining(() -> left.remove(0)).start();

        assertThat(trace(store)).containsExactly("a", "b");
        assertThat(failed.failure()).isInstanceOf(FlowException.Stopped.class)
                .hasMessage("flow 'flow', node 'c': the run stopped here, because the invocation's time is up");
        assertThat(failed.envelope().position().frames()).extracting(Position.Frame::node).containsExactly("c");
    }

    @Test
    void timeIsNegative_stopsBeforeTheFirstStep() {
        Run run = TestRuns.of(flow(trace("a")), store).remaining(() -> Duration.ofSeconds(-1));

        assertThat(run.start()).isInstanceOf(Outcome.Failed.class);
        assertThat(run.steps()).isZero();
    }

    /** The nanoseconds of this duration exceed a long. */
    @Test
    void timeIsForever_limitsNothing() {
        assertThat(TestRuns.of(flow(trace("a")), store).remaining(ChronoUnit.FOREVER::getDuration).start())
                .isInstanceOf(Outcome.Completed.class);
    }

    @Test
    void path_keepsTheLastHundredSteps() {
        Run run = TestRuns.of(loop(acting(null)), store).maxSteps(250);

        run.start();

        assertThat(run.path()).extracting(RunEvent.StepFinished::sequence)
                .isEqualTo(IntStream.rangeClosed(151, 250).boxed().toList());
        assertThat(run.steps()).isEqualTo(250);
    }

    @Test
    void path_isACopy() {
        Run run = TestRuns.of(flow(acting(null)), store);

        List<RunEvent.StepFinished> before = run.path();
        run.start();

        assertThat(before).isEmpty();
        assertThat(run.path()).hasSize(1);
    }

    @Test
    void neitherMessageNorPath_holdsStoreContents() {
        store.put("question", "the secret");
        Flow flow = flow(posting(shared -> {
            throw new IllegalStateException((String) shared.get("question"));
        }));
        Run run = TestRuns.of(flow, store);

        Outcome outcome = run.start();

        assertThat(failure(outcome).getMessage()).doesNotContain("secret");
        assertThat(run.path().toString()).doesNotContain("secret");
        assertThat(outcome.toString()).doesNotContain("secret");
    }

    @Test
    void runStops_ifThereIsAReason_andContinuesFromThere() {
        Store store = Store.create();
        Flow flow = Flow.named("flow").node("a", TestSteps.trace("a")).then("b")
                .node("b", TestSteps.batch(1, java.util.List.of(1, 2), item -> item)).then("c").node("c", TestSteps.trace("c"))
                .build();
        int[] asked = { 0 };

        Outcome.Failed stopped = (Outcome.Failed) TestRuns.of(flow, store)
                .stopWhen(() -> ++asked[0] == 4 ? "because it is enough" : null).start();

        assertThat(stopped.failure()).isInstanceOf(FlowException.Stopped.class)
                .hasMessage("flow 'flow', node 'b': the run stopped here, because it is enough");
        assertThat(TestSteps.trace(TestRuns.resume(flow, stopped.envelope()).start().orThrow().store())).containsExactly("a",
                "c");
    }
}
