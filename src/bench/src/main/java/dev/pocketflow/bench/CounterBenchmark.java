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

import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.Run;
import dev.pocketflow.StepEvent;
import dev.pocketflow.Store;

/** As {@link StepBenchmark}, but for that every step counts, so that each writes to the state. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(CounterBenchmark.STEPS)
public class CounterBenchmark {

    static final int STEPS = 3_000;
    private static final Key<Integer> COUNT = Key.of("count", Integer.class);

    /** A step of the hand-written loop. */
    interface Body {
        default boolean step(Map<String, Object> state) {
            int count = (Integer) state.get("count") + 1;
            state.put("count", count);
            return count < STEPS;
        }
    }

    static final class FirstBody implements Body {
    }

    static final class SecondBody implements Body {
    }

    static final class ThirdBody implements Body {
    }

    /** A step of the walker. */
    abstract static class Counting implements Node<Object, Object> {
        @Override
        public String post(Store shared, Object prepared, Object result) {
            return shared.update(COUNT, count -> count + 1) < STEPS ? null : "done";
        }
    }

    static final class First extends Counting {
    }

    static final class Second extends Counting {
    }

    static final class Third extends Counting {
    }

    private final Body[] loop = { new FirstBody(), new SecondBody(), new ThirdBody() };
    private final Flow flow = Flow.named("loop")
            .node("first", new First()).then("second")
            .node("second", new Second()).then("third")
            .node("third", new Third()).then("first").ends("done")
            .build();

    /** What the walker is measured by. */
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

    /** Ours; the path is read at the end. */
    @Benchmark
    public List<StepEvent.Finished> walker() {
        Run run = Run.of(flow, Store.of(Map.of("count", 0)));
        run.start().orThrow();
        return run.path();
    }
}
