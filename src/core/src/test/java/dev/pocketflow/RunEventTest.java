package dev.pocketflow;

import static dev.pocketflow.TestSteps.acting;
import static dev.pocketflow.TestSteps.executing;
import static dev.pocketflow.TestSteps.failing;
import static dev.pocketflow.TestSteps.flow;
import static dev.pocketflow.TestSteps.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

/** The events of the run itself: the start and the end of its part in one invocation. */
class RunEventTest {

    private final Store store = Store.create();
    private final List<RunEvent> events = new CopyOnWriteArrayList<>();

    private Run listened(Run run) {
        return run.listener(events::add);
    }

    /** {@return the events that are not a step's} */
    private List<RunEvent> ofTheRun() {
        return events.stream().filter(event -> !(event instanceof RunEvent.StepEvent)).toList();
    }

    @Test
    void completedRun_tellsItsLastAction() {
        Run run = listened(TestRuns.of(flow(acting("good")), store));

        run.start().orThrow();

        assertThat(ofTheRun()).containsExactly(new RunEvent.RunStarted(run.id(), "flow"),
                new RunEvent.Completed(run.id(), "flow", "good"));
    }

    @Test
    void runInHops_tellsWhichHopEndsAndBegins() {
        Flow flow = Flow.named("flow").node("a", trace("a")).then("b").node("b", trace("b")).then("c").node("c", trace("c"))
                .build();
        HandedOverRun hops = new HandedOverRun(flow).with(this::listened);

        hops.start(store).orThrow();

        String run = hops.run.id();
        assertThat(ofTheRun()).containsExactly(new RunEvent.RunStarted(run, "flow"),
                new RunEvent.HandedOver(run, "flow", 1, Optional.empty()), new RunEvent.RunResumed(run, "flow", 1),
                new RunEvent.HandedOver(run, "flow", 2, Optional.empty()), new RunEvent.RunResumed(run, "flow", 2),
                new RunEvent.Completed(run, "flow", "default"));
    }

    @Test
    void runInAnotherFunction_keepsTheNameOfItsFlow() {
        Flow caller = Flow.named("a").node("away", new RemoteFlow("b")).build();
        Flow callee = Flow.named("b").node("work", trace("work")).build();
        HandedOverRun hops = new HandedOverRun(caller, callee).with(this::listened).handOverWhen(next -> false);

        hops.start(store).orThrow();

        String run = hops.run.id();
        assertThat(ofTheRun()).containsExactly(new RunEvent.RunStarted(run, "a"),
                new RunEvent.HandedOver(run, "a", 1, Optional.empty()), new RunEvent.RunResumed(run, "a", 1),
                new RunEvent.HandedOver(run, "a", 2, Optional.empty()), new RunEvent.RunResumed(run, "a", 2),
                new RunEvent.Completed(run, "a", "default"));
        assertThat(events).filteredOn(RunEvent.StepFinished.class::isInstance).extracting(RunEvent::flow).containsExactly("b");
    }

    @Test
    void runThatWaits_tellsUntilWhen() {
        Flow flow = Flow.named("flow").node("pause", Wait.of(Duration.ofHours(2))).build();
        Run run = listened(TestRuns.of(flow, store).clock(new WaitingRun(flow)));

        run.start();

        assertThat(ofTheRun()).last().isEqualTo(
                new RunEvent.HandedOver(run.id(), "flow", 1, Optional.of(Instant.parse("2026-01-01T02:00:00Z"))));
    }

    @Test
    void suspendedRun_tellsTheSignal_andUntilWhen() {
        Flow endless = flow(Await.signal("approved"));
        Flow bounded = flow(Await.signal("approved").expires(Duration.ofHours(2)));
        Run first = listened(TestRuns.of(endless, store));
        Run second = listened(TestRuns.of(bounded, store).clock(new WaitingRun(bounded)));

        first.start();
        second.start();

        assertThat(ofTheRun()).filteredOn(RunEvent.Suspended.class::isInstance).containsExactly(
                new RunEvent.Suspended(first.id(), "flow", 1, "approved", Optional.empty()),
                new RunEvent.Suspended(second.id(), "flow", 1, "approved",
                        Optional.of(Instant.parse("2026-01-01T02:00:00Z"))));
    }

    @Test
    void failedRun_reportsItsFailure_andResumesInTheSameHop() {
        Flow flow = flow(failing(new IllegalStateException()));
        Run run = listened(TestRuns.of(flow, store));
        Outcome.Failed first = (Outcome.Failed) run.start();
        Outcome.Failed second = (Outcome.Failed) listened(TestRuns.resume(flow, EnvelopeRoundTrip.of(first.envelope())))
                .start();

        assertThat(ofTheRun()).containsExactly(new RunEvent.RunStarted(run.id(), "flow"),
                new RunEvent.Failed(run.id(), "flow", first.failure()), new RunEvent.RunResumed(run.id(), "flow", 0),
                new RunEvent.Failed(run.id(), "flow", second.failure()));
    }

    @Test
    void cancelledRun_failsAsStopped() {
        Run run = listened(TestRuns.of(flow(trace("node")), store));
        run.cancel();

        run.start();

        assertThat(events).hasExactlyElementsOfTypes(RunEvent.RunStarted.class, RunEvent.Failed.class);
        assertThat(((RunEvent.Failed) events.get(1)).failure()).isInstanceOf(FlowException.Stopped.class);
    }

    @Test
    void asyncRunWhoseFutureIsCancelled_tellsItsEndOnce() {
        CompletableFuture<Object> stage = new CompletableFuture<>();
        Run run = listened(TestRuns.of(flow(TestSteps.async(() -> stage)), store).executor(Runnable::run));

        run.startAsync().toCompletableFuture().cancel(true);

        assertThat(stage).isCancelled();
        assertThat(ofTheRun()).hasExactlyElementsOfTypes(RunEvent.RunStarted.class, RunEvent.Failed.class);
    }

    @Test
    void asyncRun_tellsItsBeginAndEndOnce_onTheThreadsOfItsSteps() {
        CompletableFuture<Object> stage = new CompletableFuture<>();
        List<Runnable> tasks = new ArrayList<>();
        listened(TestRuns.of(flow(TestSteps.async(() -> stage)), store).executor(tasks::add)).startAsync();
        assertThat(events).isEmpty();

        tasks.remove(0).run();
        assertThat(events).hasExactlyElementsOfTypes(RunEvent.RunStarted.class, RunEvent.StepStarted.class);
        stage.complete("answer");
        tasks.remove(0).run();

        assertThat(events).hasExactlyElementsOfTypes(RunEvent.RunStarted.class, RunEvent.StepStarted.class,
                RunEvent.StepFinished.class, RunEvent.Completed.class);
    }

    @Test
    void parallelSteps_areToldBetweenBeginAndEnd() {
        Flow each = Flow.named("each").node("n", executing(() -> null))
                .forEach(shared -> IntStream.range(0, 50).mapToObj(i -> Map.of("i", i)).toList()).concurrency(50).build();
        Run run = listened(TestRuns.of(each, store));

        run.start().orThrow();

        assertThat(events).hasSize(102).startsWith(new RunEvent.RunStarted(run.id(), "each"))
                .endsWith(new RunEvent.Completed(run.id(), "each", "default"));
        assertThat(ofTheRun()).hasSize(2);
    }

    @Test
    void roundTripsInTheSameInvocation_areNoEvents() {
        Flow flow = Flow.named("flow").node("a", trace("a")).then("b").node("b", trace("b")).build();

        listened(TestRuns.of(flow, store).everyStep(EnvelopeRoundTrip::of)).start().orThrow();

        assertThat(ofTheRun()).hasExactlyElementsOfTypes(RunEvent.RunStarted.class, RunEvent.Completed.class);
    }

    @Test
    void refusedSignal_tellsNothing() {
        Flow flow = flow(Await.signal("approved"));
        Outcome.Suspended suspended = (Outcome.Suspended) TestRuns.run(flow, store);
        Run run = listened(TestRuns.resume(flow, suspended.envelope()));

        assertThatThrownBy(() -> run.signal("other", "yes", null)).isInstanceOf(FlowException.UnexpectedSignal.class);

        assertThat(events).isEmpty();
    }

    @Test
    void errorOutsideAStep_abortsTheRun() {
        IllegalStateException error = new IllegalStateException();
        Flow two = Flow.named("flow").node("a", trace("a")).then("b").node("b", trace("b")).build();
        Run run = listened(TestRuns.of(two, store).handOverWhen(next -> {
            throw error;
        }));

        assertThatThrownBy(run::start).isSameAs(error);

        assertThat(ofTheRun()).containsExactly(new RunEvent.RunStarted(run.id(), "flow"),
                new RunEvent.Aborted(run.id(), "flow", error));
    }

    @Test
    void stepRunsOutOfMemory_abortsTheRun_alsoIfTheListenerDoes() {
        OutOfMemoryError error = new OutOfMemoryError("made up");
        OutOfMemoryError another = new OutOfMemoryError("made up as well");
        Run run = TestRuns.of(flow(failing(error)), store).listener(event -> {
            events.add(event);
            if (event instanceof RunEvent.Aborted) {
                throw another;
            }
        });

        assertThatThrownBy(run::start).isSameAs(error).hasSuppressedException(another);

        assertThat(ofTheRun()).containsExactly(new RunEvent.RunStarted(run.id(), "flow"),
                new RunEvent.Aborted(run.id(), "flow", error));
    }

    @Test
    void executorBreaksDownWhileAStageIsPending_abortsTheRun() {
        Error error = new Error("made up");
        CompletableFuture<Object> stage = new CompletableFuture<>();
        Executor once = task -> {
            if (!events.isEmpty()) {
                throw error;
            }
            task.run();
        };
        Run run = listened(TestRuns.of(flow(TestSteps.async(() -> stage)), store).executor(once));
        CompletableFuture<Outcome> outcome = run.startAsync().toCompletableFuture();

        stage.complete("answer");

        assertThat(outcome).isCompletedExceptionally();
        assertThat(ofTheRun()).containsExactly(new RunEvent.RunStarted(run.id(), "flow"),
                new RunEvent.Aborted(run.id(), "flow", error));
    }

    @Test
    void run_hasNotBegun_ifTheExecutorRejectsIt() {
        Error error = new Error("made up");
        Run run = listened(TestRuns.of(flow(trace("a")), store).executor(task -> {
            throw error;
        }));

        assertThat(run.startAsync().toCompletableFuture()).isCompletedExceptionally();

        assertThat(events).isEmpty();
    }

    @Test
    void finishedSteps_areEqual_ifAllOfThemIs() {
        RunEvent.StepFinished good = new RunEvent.StepFinished("run", "flow", "a", 1, "go", 1_500_000, 2, null);
        RunEvent.StepFinished bad = new RunEvent.StepFinished("run", "flow", "a", 1, null, 1_500_000, 2, "java.lang.Error");

        assertThat(good).isEqualTo(new RunEvent.StepFinished("run", "flow", "a", 1, "go", 1_500_000, 2, null))
                .hasSameHashCodeAs(new RunEvent.StepFinished("run", "flow", "a", 1, "go", 1_500_000, 2, null))
                .isNotEqualTo(bad).isNotEqualTo(new RunEvent.StepFinished("run", "flow", "a", 1, "go", 1_500_001, 2, null))
                .hasToString("StepFinished[run=run, flow=flow, node=a, sequence=1, action=go, duration=PT0.0015S, attempts=2]");
        assertThat(bad).hasToString(
                "StepFinished[run=run, flow=flow, node=a, sequence=1, error=java.lang.Error, duration=PT0.0015S, attempts=2]");
    }
}
