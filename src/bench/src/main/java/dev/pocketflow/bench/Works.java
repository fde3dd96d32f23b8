package dev.pocketflow.bench;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;

import dev.pocketflow.bench.Contender.Done;
import dev.pocketflow.bench.Contender.Shape;
import dev.pocketflow.bench.Contender.Work;
import dev.pocketflow.bench.Contenders.Kind;

/** W1 to W3 of one contender, as JMH measures them. The figures include making the state and the run. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Works {

    static final int STEPS = 30_000;
    static final int DURABLE_STEPS = 3_000;
    static final int ITEMS = 1_000;

    @Param(Result.LIMIT)
    public String row;

    private Work work;

    @Setup
    public void make(BenchmarkParams benchmark) {
        Kind kind = Kind.valueOf(benchmark.getBenchmark().replaceFirst(".*[.]", "").toUpperCase());
        work = kind.of(Contenders.named(row), Shape.of(size(kind)));
    }

    static int size(Kind kind) {
        return switch (kind) {
            case W1 -> STEPS;
            case W2, W2_RENEWED -> DURABLE_STEPS;
            default -> ITEMS;
        };
    }

    @Benchmark
    @OperationsPerInvocation(STEPS)
    public Done w1() throws Exception {
        return work.run(dev.pocketflow.bench.State.make());
    }

    @Benchmark
    @OperationsPerInvocation(DURABLE_STEPS)
    public Done w2() throws Exception {
        return work.run(dev.pocketflow.bench.State.make());
    }

    @Benchmark
    @OperationsPerInvocation(DURABLE_STEPS)
    public Done w2_renewed() throws Exception {
        return work.run(dev.pocketflow.bench.State.make());
    }

    @Benchmark
    public Done w3() throws Exception {
        return work.run(dev.pocketflow.bench.State.make());
    }
}
