package dev.pocketflow.internal;

import static dev.pocketflow.TestSteps.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.Pools;
import dev.pocketflow.TestSteps;

class ParallelTasksTest {

    private static final Executor REJECTING = task -> {
        throw new RejectedExecutionException("full");
    };

    @RegisterExtension
    final Pools pools = new Pools();

    private final CancellationScope scope = new CancellationScope(null);
    private final AtomicInteger worked = new AtomicInteger();

    private static RuntimeException sneaky(Exception e) {
        return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
    }

    /** A wait that may be interrupted. */
    private interface Waiting {
        void work() throws Exception;
    }

    private static void waiting(Waiting work) {
        try {
            work.work();
        } catch (Exception e) {
            throw sneaky(e);
        }
    }

    @Test
    void eachItem_isWorkedOnOnce() throws Exception {
        Set<Integer> seen = ConcurrentHashMap.newKeySet();

        ParallelTasks.each(1000, 8, pools.threads(4), scope, (i, part) -> {
            worked.incrementAndGet();
            seen.add(i);
        });

        assertThat(worked).hasValue(1000);
        assertThat(seen).hasSize(1000);
    }

    @Test
    void widthOfOne_needsNoOtherThread() throws Exception {
        ParallelTasks.each(5, 1, REJECTING, scope, (i, part) -> worked.incrementAndGet());

        assertThat(worked).hasValue(5);
    }

    @Test
    void executorBecomesFull_thoseThatStartedDoTheRest() throws Exception {
        Executor pool = pools.threads(4);
        AtomicInteger accepted = new AtomicInteger();

        ParallelTasks.each(100, 100, task -> {
            if (accepted.incrementAndGet() > 2) {
                throw new RejectedExecutionException("full");
            }
            pool.execute(task);
        }, scope, (i, part) -> worked.incrementAndGet());

        assertThat(worked).hasValue(100);
    }

    @Test
    void forksNestedOnOneThread_end() throws Exception {
        Executor one = pools.threads(1);

        ParallelTasks.each(5, 5, one, scope, (i, part) -> waiting(() -> ParallelTasks.each(5, 5, one, part,
                (j, inner) -> waiting(
                        () -> ParallelTasks.each(5, 5, one, inner, (k, innermost) -> worked.incrementAndGet())))));

        assertThat(worked).hasValue(125);
    }

    @Test
    void failures_keepTheirType() {
        Error error = new AssertionError();
        RuntimeException exception = new IllegalStateException();

        assertThatThrownBy(() -> ParallelTasks.each(2, 2, REJECTING, scope, (i, part) -> {
            throw error;
        })).isSameAs(error);
        assertThatThrownBy(() -> ParallelTasks.each(2, 2, REJECTING, scope, (i, part) -> {
            throw exception;
        })).isSameAs(exception);
    }

    @Test
    void firstFailure_tellsTheSlotsOfTheOthers() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        CountDownLatch failed = new CountDownLatch(1);

        assertThatThrownBy(() -> ParallelTasks.each(2, 2, pools.threads(1), scope, (i, part) -> waiting(() -> {
            both.await(2, TimeUnit.MINUTES);
            if (i == 0) {
                throw new IllegalArgumentException();
            }
            while (!part.cancelled()) {
                Thread.onSpinWait();
            }
            failed.countDown();
        }))).isInstanceOf(IllegalArgumentException.class);

        await(failed);
        assertThat(scope.cancelled()).isFalse();
    }

    @Test
    void callerInterrupted_interruptsTheOthers_waitsForThem_andKeepsTheFlag() throws Exception {
        Thread caller = Thread.currentThread();
        CountDownLatch busy = new CountDownLatch(1);
        AtomicInteger interrupted = new AtomicInteger();

        assertThatThrownBy(() -> ParallelTasks.each(2, 2, pools.threads(1), scope, (i, part) -> waiting(() -> {
            if (Thread.currentThread() == caller) {
                await(busy);
                caller.interrupt();
            } else {
                busy.countDown();
                try {
                    TestSteps.blocked();
                } catch (InterruptedException e) {
                    interrupted.incrementAndGet();
                }
            }
        }))).isInstanceOf(InterruptedException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(interrupted).hasValue(1);
    }

    @Test
    void cancelOfTheParentScope_failsTheWork_ifNoItemNoticed() {
        assertThatThrownBy(() -> ParallelTasks.each(3, 1, REJECTING, scope, (i, part) -> {
            worked.incrementAndGet();
            scope.cancel();
        })).isInstanceOf(CancellationException.class);
    }

    @Test
    void workersThread_isLeftUninterrupted() throws Exception {
        Executor one = pools.threads(1);
        CyclicBarrier both = new CyclicBarrier(2);
        assertThatThrownBy(() -> ParallelTasks.each(2, 2, one, scope, (i, part) -> waiting(() -> {
            both.await(2, TimeUnit.MINUTES);
            if (i == 0) {
                throw new IllegalArgumentException();
            }
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
        }))).isInstanceOf(IllegalArgumentException.class);

        CountDownLatch next = new CountDownLatch(1);
        one.execute(() -> {
            if (!Thread.currentThread().isInterrupted()) {
                next.countDown();
            }
        });
        await(next);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
