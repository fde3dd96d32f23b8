package dev.pocketflow.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.Run;
import dev.pocketflow.StepEvent;
import dev.pocketflow.Store;

/**
 * What the walker adds to a step that does nothing: three nodes in a loop, the last of which counts the rounds. Every score is
 * the time of one step; a run's own beginning and end are shared among its 3,000.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(3 * StepBenchmark.ROUNDS)
public class StepBenchmark {

    static final int ROUNDS = 1_000;

    /** A step of the hand-written loop. */
    interface Body {
        boolean step(Map<String, Object> state);
    }

    static final class FirstBody implements Body {
        @Override
        public boolean step(Map<String, Object> state) {
            return true;
        }
    }

    static final class SecondBody implements Body {
        @Override
        public boolean step(Map<String, Object> state) {
            return true;
        }
    }

    static final class CountingBody implements Body {
        @Override
        public boolean step(Map<String, Object> state) {
            int count = (Integer) state.get("count") + 1;
            state.put("count", count);
            return count < ROUNDS;
        }
    }

    // a class each, as in a real flow: with one class the JIT would inline what it calls in earnest
    static final class First implements Node<Object, Object> {
    }

    static final class Second implements Node<Object, Object> {
    }

    static final class Counting implements Node<Object, Object> {
        private static final Key<Integer> COUNT = Key.of("count", Integer.class);

        @Override
        public String post(Store shared, Object prepared, Object result) {
            return shared.update(COUNT, count -> count + 1) < ROUNDS ? "again" : "done";
        }
    }

    private final Body[] loop = { new FirstBody(), new SecondBody(), new CountingBody() };
    private final List<Node<Object, Object>> nodes = List.of(new First(), new Second(), new Counting());
    private final Flow flow = Flow.named("loop")
            .node("first", nodes.get(0)).then("second")
            .node("second", nodes.get(1)).then("counting")
            .node("counting", nodes.get(2)).on("again", "first").ends("done")
            .build();

    /** What the walker is measured by: a virtual call a step, and a counter. */
    @Benchmark
    public Map<String, Object> handWritten() {
        Map<String, Object> state = new HashMap<>(Map.of("count", 0));
        boolean on = true;
        while (on) {
            for (Body body : loop) {
                on = body.step(state);
            }
        }
        return state;
    }

    /** The calls that the walker makes, three a node, and the store, without the walker. */
    @Benchmark
    public Store samePhases() throws Exception {
        Store store = Store.of(Map.of("count", 0));
        String action = "again";
        while (!"done".equals(action)) {
            for (Node<Object, Object> node : nodes) {
                Object prepared = node.prep(store);
                action = node.post(store, prepared, node.exec(prepared));
            }
        }
        return store;
    }

    /** The one reading of the clock that the time of a step in the path takes. */
    @Benchmark
    public long clock() {
        long sum = 0;
        for (int i = 0; i < 3 * ROUNDS; i++) {
            sum += System.nanoTime();
        }
        return sum;
    }

    /** Ours; the path is read at the end. */
    @Benchmark
    public List<StepEvent.Finished> walker() {
        return walk(Run.of(flow, Store.of(Map.of("count", 0))));
    }

    @Benchmark
    public List<StepEvent.Finished> walkerWithListener(Blackhole seen) {
        return walk(Run.of(flow, Store.of(Map.of("count", 0))).listener(seen::consume));
    }

    private static List<StepEvent.Finished> walk(Run run) {
        run.start().orThrow();
        return run.path();
    }
}
