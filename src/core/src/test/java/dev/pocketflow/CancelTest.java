package dev.pocketflow;

import static dev.pocketflow.TestSteps.await;
import static dev.pocketflow.TestSteps.executing;
import static dev.pocketflow.TestSteps.flow;
import static dev.pocketflow.TestSteps.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.pocketflow.engine.position.Position;

class CancelTest {

    private static final String CANCELLED = "flow 'flow', node 'node': the run stopped here, because it was cancelled";

    @RegisterExtension
    final Pools pools = new Pools();

    private final Store store = Store.create();
    private final AtomicReference<Run> run = new AtomicReference<>();
    private final CompletableFuture<Object> stage = new CompletableFuture<>();

    private Run run(Flow flow) {
        run.set(TestRuns.of(flow, store).executor(pools.threads(8)));
        return run.get();
    }

    private static FlowException.Stopped stopped(Outcome outcome) {
        return (FlowException.Stopped) TestSteps.failure(outcome);
    }

    private Object cancel() {
        run.get().cancel();
        return "cancelled";
    }

    private Flow cancelledInExec() {
        return flow(TestSteps.async(() -> {
            cancel();
            return stage;
        }));
    }

    /** Cancels from another thread after the latch opens. */
    private Future<?> cancelAfter(CountDownLatch latch) {
        return pools.threads(1).submit(() -> {
            await(latch);
            return cancel();
        });
    }

    @Test
    void cancelBeforeStart_runsNoStep() {
        run(flow(trace("node"))).cancel();

        Outcome outcome = run.get().start();
        assertThat(stopped(outcome)).hasMessage(CANCELLED);
        assertThat(run.get().steps()).isZero();
        assertThat(trace(store)).isEmpty();
    }

    @Test
    void afterTheEnd_changesNothing() {
        Outcome outcome = run(flow(trace("node"))).start();

        cancel();

        assertThat(outcome).isInstanceOf(Outcome.Completed.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void cancelDuringExec_interruptsIt_andTheOutcomeSaysCancelled() throws Exception {
        CountDownLatch executing = new CountDownLatch(1);
        Future<?> cancelled = cancelAfter(executing);

        Outcome outcome = run(flow(executing(() -> {
            executing.countDown();
            return TestSteps.blocked();
        }))).start();

        cancelled.get();
        assertThat(stopped(outcome)).hasMessage(CANCELLED).hasCauseInstanceOf(FlowException.StepFailed.class)
                .hasRootCauseInstanceOf(InterruptedException.class);
        assertThat(stopped(outcome).flow()).isEqualTo("flow");
        assertThat(stopped(outcome).node()).isEqualTo("node");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void cancelDuringExecThatIgnoresIt_stopsBeforeTheNextStep() {
        Outcome outcome = run(Flow.named("flow").node("first", executing(this::cancel)).then("node")
                .node("node", trace("node")).build()).start();
        assertThat(stopped(outcome)).hasMessage(CANCELLED).hasNoCause();
        assertThat(((Outcome.Failed) outcome).envelope().position().frames()).extracting(Position.Frame::node)
                .containsExactly("node");
        assertThat(store.asMap()).containsOnlyKeys("result");
    }

    @Test
    void cancelDuringTheLastStep_completesTheRun() {
        assertThat(run(flow(executing(this::cancel))).start()).isInstanceOf(Outcome.Completed.class);
    }

    @Test
    void stepFailsAfterwards_itsFailureIsTheCause() {
        Outcome outcome = run(flow(executing(() -> {
            cancel();
            throw new IllegalStateException();
        }))).start();
        assertThat(stopped(outcome)).hasMessage(CANCELLED).hasRootCauseInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2 })
    void cancelDuringABatch_skipsLaterItems_ifItemsIgnoreIt(int concurrency) {
        AtomicInteger calls = new AtomicInteger();

        Outcome outcome = run(flow(TestSteps.batch(concurrency, List.of(1, 2, 3, 4, 5, 6), item -> {
            calls.incrementAndGet();
            return cancel();
        }))).start();
        assertThat(stopped(outcome)).hasMessage(CANCELLED);
        assertThat(calls.get()).isLessThanOrEqualTo(concurrency);
        assertThat(store.asMap()).isEmpty();
    }

    @Test
    void cancelDuringAParallelBatch_interruptsAllItems() {
        CountDownLatch running = new CountDownLatch(4);
        AtomicInteger interrupted = new AtomicInteger();
        cancelAfter(running);

        Outcome outcome = run(flow(TestSteps.batch(4, List.of(1, 2, 3, 4), item -> {
            try {
                running.countDown();
                return TestSteps.blocked();
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
                throw e;
            }
        }))).start();
        assertThat(stopped(outcome)).hasMessage(CANCELLED);
        assertThat(interrupted).hasValue(4);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    /** A fallback that catches the interrupt must not leave the run waiting for the others. */
    @Test
    void cancelDuringAParallelBatch_interruptsTheOthers_ifTheRunsThreadIgnoresIt() {
        Thread own = Thread.currentThread();
        CountDownLatch running = new CountDownLatch(2);
        cancelAfter(running);

        Outcome outcome = run(flow(TestSteps.batch(2, List.of(1, 2), item -> {
            running.countDown();
            try {
                return TestSteps.blocked();
            } catch (InterruptedException e) {
                if (Thread.currentThread() == own) {
                    return "ignored";
                }
                throw e;
            }
        }))).start();
        assertThat(stopped(outcome)).hasMessage(CANCELLED);
        assertThat(own.isInterrupted()).isFalse();
    }

    @Test
    void cancelByAnItemOnTheRunsOwnThread_interruptsTheOthers() {
        Thread own = Thread.currentThread();
        CyclicBarrier both = new CyclicBarrier(2);

        Outcome outcome = run(flow(TestSteps.batch(2, List.of(1, 2), item -> {
            both.await(2, TimeUnit.MINUTES);
            return Thread.currentThread() == own ? cancel() : TestSteps.blocked();
        }))).start();
        assertThat(stopped(outcome)).hasMessage(CANCELLED);
        assertThat(own.isInterrupted()).isFalse();
    }

    @Test
    void cancelDuringBranches_stopsThemAll() {
        CountDownLatch running = new CountDownLatch(2);
        Node<Object, Object> blocked = executing(() -> {
            running.countDown();
            return TestSteps.blocked();
        });
        cancelAfter(running);

        Outcome outcome = run(Flow.branches("all", Flow.named("a").node("n", blocked).build(),
                Flow.named("b").node("n", blocked).build())).start();

        assertThat(stopped(outcome)).hasMessageEndingWith("because it was cancelled");
        assertThat(store.asMap()).isEmpty();
    }

    @Test
    void cancelDuringAPendingStage_cancelsTheStageAndEndsTheRun() throws Exception {
        List<Runnable> tasks = new ArrayList<>();
        CompletableFuture<Outcome> outcome = run(flow(TestSteps.async(() -> stage))).executor(tasks::add).startAsync()
                .toCompletableFuture();
        tasks.remove(0).run();

        cancel();
        tasks.remove(0).run();

        assertThat(stage).isCancelled();
        assertThat(stopped(outcome.get(2, TimeUnit.MINUTES))).hasMessage(CANCELLED);
    }

    /** Regression: between the call of exec and its stage there was nothing to cancel, and the run did not check again. */
    @Test
    void cancelWhileExecMakesItsStage_cancelsTheStage() throws Exception {
        assertThat(stopped(run(cancelledInExec()).startAsync().toCompletableFuture().get(2, TimeUnit.MINUTES)))
                .hasMessage(CANCELLED);
        assertThat(stage).isCancelled();
    }

    @Test
    void cancelWhileExecMakesItsStage_endsTheWaitingRun() {
        assertThat(stopped(run(cancelledInExec()).start())).hasMessage(CANCELLED);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void cancelWhileWaitingForAStage_endsTheRun() {
        CountDownLatch begun = new CountDownLatch(1);
        cancelAfter(begun);

        Outcome outcome = run(flow(TestSteps.async(() -> {
            begun.countDown();
            return stage;
        }))).start();
        assertThat(stopped(outcome)).hasMessage(CANCELLED);
        assertThat(stage).isCancelled();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void cancellingTheFuture_interruptsExec() throws Exception {
        CountDownLatch executing = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        CompletableFuture<Outcome> outcome = run(flow(executing(() -> {
            try {
                executing.countDown();
                return TestSteps.blocked();
            } catch (InterruptedException e) {
                interrupted.complete(true);
                throw e;
            }
        }))).startAsync().toCompletableFuture();
        await(executing);

        outcome.cancel(true);

        assertThat(interrupted.get(2, TimeUnit.MINUTES)).isTrue();
        assertThatThrownBy(outcome::get).isInstanceOf(CancellationException.class);
    }

    @Test
    void cancellingTheFuture_beforeTheExecutorBegins_noStepRuns() {
        List<Runnable> tasks = new ArrayList<>();
        CompletableFuture<Outcome> outcome = run(flow(trace("node"))).executor(tasks::add).startAsync().toCompletableFuture();

        outcome.cancel(true);
        tasks.forEach(Runnable::run);

        assertThat(run.get().steps()).isZero();
        assertThat(trace(store)).isEmpty();
    }

    @Test
    void twice_isOnce() {
        assertThat(stopped(run(Flow.named("flow").node("node", executing(() -> {
            cancel();
            return cancel();
        })).then("node").build()).start())).hasMessage(CANCELLED);
    }
}
