package dev.pocketflow;

import static dev.pocketflow.TestSteps.batch;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.pocketflow.internal.Threads;

class ThreadsTest {

    /** The larger of 32 and eight per processor, as {@link Run#executor} says. */
    private static final int POOL_SIZE = Math.max(32, 8 * Runtime.getRuntime().availableProcessors());

    @RegisterExtension
    final Pools pools = new Pools();

    private static Thread thread(Executor executor) throws Exception {
        return CompletableFuture.supplyAsync(Thread::currentThread, executor).get(2, TimeUnit.MINUTES);
    }

    @Test
    void shared_isMadeOnce() {
        assertThat(Threads.shared()).isSameAs(Threads.shared());
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void shared_isVirtual_ifTheRuntimeHasVirtualThreads() throws Exception {
        assertThat(thread(Threads.shared()).toString()).startsWith("VirtualThread");
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_20)
    void shared_isTheBoundedPool_withoutVirtualThreads() throws Exception {
        assertThat(thread(Threads.shared()).getName()).startsWith("pocketflow-");
    }

    @Test
    void poolsThreads_areNamedDaemons() throws Exception {
        Thread thread = thread(pools.closing(Threads.pool()));

        assertThat(thread.getName()).isEqualTo("pocketflow-1");
        assertThat(thread.isDaemon()).isTrue();
    }

    @Test
    void pool_isBounded_andAcceptsEveryTask() throws Exception {
        Executor pool = pools.closing(Threads.pool());
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch all = new CountDownLatch(10_000);
        for (int i = 0; i < 10_000; i++) {
            pool.execute(() -> {
                threads.add(Thread.currentThread());
                all.countDown();
            });
        }
        TestSteps.await(all);

        assertThat(threads).hasSizeLessThanOrEqualTo(POOL_SIZE);
    }

    /** Every level has many more parts than the pool has threads. It ends because a thread that waits also works. */
    @Test
    void boundedPool_parallelBatchInConcurrentForEachInBranches_ends() {
        int many = POOL_SIZE + 10;
        AtomicInteger items = new AtomicInteger();
        List<Integer> numbers = IntStream.range(0, many).boxed().toList();
        Flow each = Flow.named("each").node("batch", batch(Integer.MAX_VALUE, numbers, item -> items.incrementAndGet()))
                .forEach(shared -> numbers.stream().map(i -> Map.of("i", i)).toList()).concurrency(Integer.MAX_VALUE).build();
        Flow[] branches = numbers.stream().limit(4).map(i -> Flow.named("b" + i).node("each", each).build())
                .toArray(Flow[]::new);

        Outcome outcome = TestRuns.of(Flow.branches("all", branches), Store.create()).executor(pools.closing(Threads.pool()))
                .start();

        assertThat(outcome).isInstanceOf(Outcome.Completed.class);
        assertThat(items).hasValue(4 * many * many);
    }
}
