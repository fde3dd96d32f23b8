package dev.pocketflow;

import static dev.pocketflow.TestSteps.async;
import static dev.pocketflow.TestSteps.failure;
import static dev.pocketflow.TestSteps.flow;
import static dev.pocketflow.TestSteps.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AsyncNodeTest {

    @RegisterExtension
    final Pools pools = new Pools();

    private final Store store = Store.create();
    private final CompletableFuture<Object> stage = new CompletableFuture<>();

    private static Outcome get(CompletionStage<Outcome> run) throws Exception {
        return run.toCompletableFuture().get(2, TimeUnit.MINUTES);
    }

    /** Defect 48: the sync run of an async flow skipped its hooks. Here both runs take a node through all of them. */
    @Test
    void phases_runInOrder_syncAndAsync() throws Exception {
        List<String> phases = new ArrayList<>();
        Flow flow = flow(new AsyncNode<String, String>() {
            @Override
            public String prep(Store shared) {
                phases.add("prep");
                return "p";
            }

            @Override
            public CompletionStage<String> exec(String prepared) {
                phases.add("exec " + prepared);
                return CompletableFuture.supplyAsync(() -> "r");
            }

            @Override
            public String post(Store shared, String prepared, String result) {
                phases.add("post " + prepared + " " + result);
                return "done";
            }
        });

        assertThat(TestRuns.run(flow, store).orThrow().action()).isEqualTo("done");
        assertThat(get(TestRuns.runAsync(flow, store)).orThrow().action()).isEqualTo("done");
        assertThat(phases).containsExactly("prep", "exec p", "post p r", "prep", "exec p", "post p r");
    }

    @Test
    void phasesLeftOut_doNothing_andTheActionIsDefault() {
        assertThat(TestRuns.run(flow(new AsyncNode<String, String>() {
            @Override
            public String prep(Store shared) {
                return "prepared";
            }
        }), store).orThrow().action()).isEqualTo("default");
    }

    @Test
    void execReturnsNull_countsAsCompletedWithNull() {
        TestRuns.run(flow(async(() -> null)), store).orThrow();

        assertThat(store.asMap()).containsEntry("result", null);
    }

    @Test
    void pendingStage_holdsNoThread() throws Exception {
        List<Runnable> tasks = new ArrayList<>();
        CompletionStage<Outcome> run = TestRuns.of(flow(async(() -> stage)), store).executor(tasks::add).startAsync();

        tasks.remove(0).run();
        assertThat(tasks).isEmpty();
        stage.complete("answer");
        tasks.remove(0).run();

        assertThat(get(run)).isInstanceOf(Outcome.Completed.class);
        assertThat(store.get("result")).isEqualTo("answer");
    }

    @Test
    void tenThousandStagesDoneAtOnce_doNotDeepenTheStack() throws Exception {
        AtomicInteger count = new AtomicInteger();
        AsyncNode<Object, Object> node = new AsyncNode<>() {
            @Override
            public String post(Store shared, Object prepared, Object result) {
                return count.incrementAndGet() < 10_000 ? "again" : "enough";
            }
        };
        Flow flow = Flow.named("flow").node("node", node).on("again", "node").ends("enough").build();

        assertThat(get(TestRuns.of(flow, store).executor(Runnable::run).startAsync())).isInstanceOf(Outcome.Completed.class);
    }

    /** Rule 46: a flow mixes all kinds of steps. */
    @Test
    void flowOfAllKinds_runsSyncAndAsync() throws Exception {
        Flow nested = Flow.named("nested").node("async", async(() -> CompletableFuture.supplyAsync(() -> "async"))).build();
        Flow flow = Flow.named("flow").node("sync", trace("sync")).then("batch")
                .node("batch", TestSteps.batch(2, List.of(1, 2), item -> item)).then("nested")
                .node("nested", nested).then("last").node("last", trace("last")).build();

        TestRuns.run(flow, store).orThrow();
        get(TestRuns.runAsync(flow, store)).orThrow();

        assertThat(trace(store)).containsExactly("sync", "last", "sync", "last");
        assertThat(store.get("result")).isEqualTo("async");
    }

    @Test
    void stageFails_isTheCauseUnwrapped() throws Exception {
        IllegalStateException wrong = new IllegalStateException("secret");
        Flow flow = flow(async(() -> CompletableFuture.supplyAsync(() -> {
            throw wrong;
        })));

        for (Outcome outcome : List.of(TestRuns.run(flow, store), get(TestRuns.runAsync(flow, store)))) {
            assertThat(failure(outcome)).hasMessage("flow 'flow', node 'node': exec failed: java.lang.IllegalStateException")
                    .cause().isSameAs(wrong);
        }
    }

    @Test
    void stageFailsWithCompletionException_itsCauseIsTheCause() {
        IllegalStateException wrong = new IllegalStateException();

        assertThat(
                failure(TestRuns.run(flow(async(() -> CompletableFuture.failedStage(new CompletionException(wrong)))), store)))
                .cause().isSameAs(wrong);
    }

    @Test
    void execThrows_failsTheRun() throws Exception {
        IllegalStateException wrong = new IllegalStateException();
        Flow flow = flow(async(() -> {
            throw wrong;
        }));

        assertThat(failure(get(TestRuns.runAsync(flow, store)))).cause().isSameAs(wrong);
    }

    @Test
    void postThrowsAfterThePause_isNamedPost() throws Exception {
        Flow flow = flow(new AsyncNode<Object, Object>() {
            @Override
            public CompletionStage<Object> exec(Object prepared) {
                return stage;
            }

            @Override
            public String post(Store shared, Object prepared, Object result) {
                throw new IllegalStateException();
            }
        });
        CompletionStage<Outcome> run = TestRuns.runAsync(flow, store);
        stage.complete("answer");

        assertThat(failure(get(run))).hasMessage("flow 'flow', node 'node': post failed: java.lang.IllegalStateException");
    }

    @Test
    void stageRunsOutOfMemory_goesUpAsItIs() {
        OutOfMemoryError error = new OutOfMemoryError("made up");
        Flow flow = flow(async(() -> CompletableFuture.failedStage(error)));

        assertThatThrownBy(() -> TestRuns.run(flow, store)).isSameAs(error);
        assertThatThrownBy(() -> get(TestRuns.runAsync(flow, store))).isInstanceOf(ExecutionException.class).cause()
                .isSameAs(error);
    }

    @Test
    void stageCancelledByItsOwner_failsTheRun() {
        stage.cancel(true);

        assertThat(failure(TestRuns.run(flow(async(() -> stage)), store))).isInstanceOf(FlowException.StepFailed.class)
                .hasCauseInstanceOf(CancellationException.class);
    }

    @Test
    void interruptedWhileWaiting_cancelsTheStage_andKeepsTheFlag() {
        Thread.currentThread().interrupt();

        Outcome outcome = TestRuns.run(flow(async(() -> stage)), store);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(stage).isCancelled();
        assertThat(failure(outcome)).hasCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void executorShutDownBeforeTheStageCompletes_continuesOnTheCompletingThread() throws Exception {
        List<Runnable> tasks = new ArrayList<>();
        CompletionStage<Outcome> run = TestRuns.of(flow(async(() -> stage)), store).executor(task -> {
            if (!tasks.isEmpty()) {
                throw new RejectedExecutionException("gone");
            }
            tasks.add(task);
        }).startAsync();
        tasks.get(0).run();

        stage.complete("answer");

        assertThat(get(run)).isInstanceOf(Outcome.Completed.class);
    }

    @Test
    void executorRejectsTheStart_theCallerRuns() throws Exception {
        CompletionStage<Outcome> run = TestRuns.of(flow(trace("node")), store).executor(task -> {
            throw new RejectedExecutionException("full");
        }).startAsync();

        assertThat(get(run)).isInstanceOf(Outcome.Completed.class);
    }

    @Test
    void executorBreaksWhenTheStageCompletes_failsTheOutcome() throws Exception {
        OutOfMemoryError noThread = new OutOfMemoryError("unable to create native thread, made up");
        List<Runnable> tasks = new ArrayList<>();
        CompletionStage<Outcome> run = TestRuns.of(flow(async(() -> stage)), store).executor(task -> {
            if (!tasks.isEmpty()) {
                throw noThread;
            }
            tasks.add(task);
        }).startAsync();
        tasks.get(0).run();

        stage.complete("answer");

        assertThatThrownBy(() -> get(run)).isInstanceOf(ExecutionException.class).cause().isSameAs(noThread);
    }
}
