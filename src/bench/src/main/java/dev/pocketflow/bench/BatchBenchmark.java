package dev.pocketflow.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import dev.pocketflow.Flow;
import dev.pocketflow.Outcome;
import dev.pocketflow.ParallelBatchNode;
import dev.pocketflow.Store;

/** 1,000 items that wait for 5 ms each, all at once. A score is the time of all of them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class BatchBenchmark {

    private static final int ITEMS = 1_000;
    private static final long WAIT_MILLIS = 5;

    private final List<Integer> items = IntStream.range(0, ITEMS).boxed().toList();
    private final Flow flow = Flow.named("batch").node("wait", new Waiting()).build();

    private static final class Waiting implements ParallelBatchNode<Integer, Integer> {
        @Override
        @SuppressWarnings("unchecked")
        public List<Integer> prep(Store shared) {
            return (List<Integer>) shared.get("items");
        }

        @Override
        public Integer exec(Integer item) throws InterruptedException {
            return work(item);
        }

        @Override
        public String post(Store shared, List<Integer> items, List<Integer> results) {
            shared.put("results", results);
            return null;
        }
    }

    private static Integer work(Integer item) throws InterruptedException {
        Thread.sleep(WAIT_MILLIS);
        return item + 1;
    }

    /** What the batch is measured by: a virtual thread per item, and an array for the results. */
    @Benchmark
    public Integer[] bareThreads() throws InterruptedException {
        Integer[] results = new Integer[ITEMS];
        Thread[] threads = new Thread[ITEMS];
        for (int i = 0; i < ITEMS; i++) {
            int index = i;
            threads[i] = Thread.startVirtualThread(() -> {
                try {
                    results[index] = work(items.get(index));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return results;
    }

    @Benchmark
    public Outcome.Completed parallelBatchNode() {
        return flow.run(Store.create().put("items", items)).orThrow();
    }
}
