package dev.pocketflow.bench;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import dev.pocketflow.Envelope;
import dev.pocketflow.Flow;
import dev.pocketflow.Key;
import dev.pocketflow.Node;
import dev.pocketflow.Run;
import dev.pocketflow.Store;
import dev.pocketflow.internal.EnvelopeJson;
import dev.pocketflow.internal.Json;
import dev.pocketflow.quarkus.internal.Seal;

/** A store of 2 KB (20 texts of 100 characters, a list of ten, a counter), written as JSON after every step. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 12, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(SnapshotBenchmark.STEPS)
public class SnapshotBenchmark {

    static final int STEPS = 1_000;
    private static final Key<Integer> COUNT = Key.of("count", Integer.class);

    /** Counts. */
    static final class Counting implements Node<Object, Object> {
        @Override
        public String post(Store shared, Object prepared, Object result) {
            return shared.update(COUNT, count -> count + 1) < STEPS ? null : "done";
        }
    }

    private final Flow flow = Flow.named("loop")
            .node("first", new Counting()).then("second").ends("done")
            .node("second", new Counting()).then("third").ends("done")
            .node("third", new Counting()).then("first").ends("done")
            .build();
    private final Seal seal = new Seal(new SignedWithOneKey());

    private static Map<String, Object> state() {
        Map<String, Object> state = new LinkedHashMap<>();
        for (int i = 0; i < 20; i++) {
            state.put("text" + i, "abcdefghij".repeat(10));
        }
        state.put("list", Collections.nCopies(10, 12345));
        state.put("count", 0);
        return state;
    }

    /** What a snapshot is measured by: the same map, written by Jackson after every step of a loop. */
    @Benchmark
    public int jackson() throws IOException {
        Map<String, Object> state = state();
        int bytes = 0;
        for (int i = 0; i < STEPS; i++) {
            state.put("count", (Integer) state.get("count") + 1);
            bytes += Json.MAPPER.writeValueAsBytes(state).length;
        }
        return bytes;
    }

    /** Ours: the walker, its path, the position, and all of it as JSON. */
    @Benchmark
    public int snapshot() {
        return run(envelope -> EnvelopeJson.bytes(envelope).length);
    }

    /** The same, signed with HS256. */
    @Benchmark
    public int sealed() {
        return run(envelope -> seal.close(EnvelopeJson.bytes(envelope)).length);
    }

    private int run(ToIntFunction<Envelope> write) {
        int[] bytes = { 0 };
        Run.of(flow, Store.of(state())).everyStep(envelope -> {
            bytes[0] += write.applyAsInt(envelope);
            return envelope;
        }).start().orThrow();
        return bytes[0];
    }
}
