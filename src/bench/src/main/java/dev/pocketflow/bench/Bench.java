package dev.pocketflow.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs all benchmarks in rounds, a fork of each in every round, and compares within a round: what else a machine does changes
 * from minute to minute. Prints the table; the exit code is 1 where a target is missed.
 */
public final class Bench {

    private static final List<Row> ROWS = List.of(
            Row.limit("CounterBenchmark.handWritten", "a counting step of a hand-written loop"),
            Row.of("CounterBenchmark.walker", "a counting step of the walker", "CounterBenchmark.handWritten", 8),
            Row.limit("StepBenchmark.handWritten", "a step of a hand-written loop"),
            Row.of("StepBenchmark.walker", "a step of the walker, with its path", "StepBenchmark.handWritten", 0),
            Row.of("StepBenchmark.walkerWithListener", "the same, with a listener", "StepBenchmark.handWritten", 0),
            Row.of("StepBenchmark.samePhases", "the same nodes and store, no walker", "StepBenchmark.handWritten", 0),
            Row.of("StepBenchmark.clock", "one reading of the clock", "StepBenchmark.handWritten", 0),
            Row.limit("BatchBenchmark.bareThreads", "1,000 bare virtual threads"),
            Row.of("BatchBenchmark.parallelBatchNode", "1,000 items of a batch node", "BatchBenchmark.bareThreads", 1.5),
            Row.limit("SnapshotBenchmark.jackson", "2 KB of state, written by Jackson"),
            Row.of("SnapshotBenchmark.snapshot", "a step, and its envelope as JSON", "SnapshotBenchmark.jackson", 1.3),
            Row.more("SnapshotBenchmark.sealed", "the same, sealed", "SnapshotBenchmark.snapshot", 20_000));

    private Bench() {
    }

    /** @param args {@code --quick} for a look instead of a measurement */
    public static void main(String[] args) throws RunnerException {
        boolean quick = List.of(args).contains("--quick");
        int rounds = quick ? 3 : 7;
        List<Map<String, RunResult>> results = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            System.out.println("round " + round + " of " + rounds);
            results.add(byName(new Runner(options(quick, round)).run()));
        }
        boolean met = true;
        System.out.println(Row.HEAD);
        for (Row row : ROWS) {
            System.out.println(row.line(results));
            met &= row.met(results);
        }
        System.exit(met ? 0 : 1);
    }

    private static Options options(boolean quick, int round) {
        return new OptionsBuilder()
                .include(Bench.class.getPackageName())
                .forks(1)
                .measurementIterations(5).measurementTime(TimeValue.milliseconds(quick ? 300 : 600))
                .addProfiler(GCProfiler.class).addProfiler(CpuTime.class)
                .shouldFailOnError(true)
                .output("round-" + round + ".log")
                .build();
    }

    private static Map<String, RunResult> byName(Collection<RunResult> results) {
        Map<String, RunResult> named = new TreeMap<>();
        results.forEach(result -> named.put(result.getParams().getBenchmark().replace(Bench.class.getPackageName() + ".", ""),
                result));
        return named;
    }
}
