package dev.pocketflow.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

import dev.pocketflow.bench.Contender.Shape;
import dev.pocketflow.bench.Contender.Work;
import dev.pocketflow.bench.Contenders.Kind;

/**
 * Runs W1 to W3 in rounds, with one fork of every row in each round. Compares rows within a round, since the load of the
 * machine changes from minute to minute.
 */
public final class Bench {

    private static final List<Kind> KINDS = List.of(Kind.W1, Kind.W2, Kind.W2_RENEWED, Kind.W3);
    private static final double MILLION = 1e6;

    private final boolean quick;
    private final List<Script> scripts;
    private final Map<Kind, Map<String, List<Double>>> values = new LinkedHashMap<>();
    private final Map<String, Double> bytes = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    private Bench(boolean quick, List<Script> scripts) {
        this.quick = quick;
        this.scripts = scripts;
    }

    /** @param args the output file; {@code quick} or {@code full}; then {@link Script}s */
    public static void main(String[] args) throws Exception {
        Path target = Path.of(args[0]);
        Bench bench = new Bench(args[1].equals("quick"),
                Script.of(List.of(args).subList(2, args.length).toArray(String[]::new)));
        int rounds = bench.quick ? 1 : 3;
        for (int round = 1; round <= rounds; round++) {
            for (Kind kind : KINDS) {
                System.out.println("round " + round + " of " + rounds + ": " + kind);
                bench.measure(kind, target.resolve("round-" + round + "-" + kind + ".log"));
            }
        }
        Result.write(target.resolve("works.json"), bench.results());
        Files.write(target.resolve("works-notes.txt"), bench.notes.stream().distinct().toList());
    }

    private void measure(Kind kind, Path log) throws Exception {
        int size = Works.size(kind);
        var options = new OptionsBuilder().include(Works.class.getName() + "." + kind.name().toLowerCase() + "$")
                .param("row", rows(kind, size)).forks(1)
                .warmupIterations(quick ? 3 : kind.isDurable() ? 8 : 6).warmupTime(TimeValue.milliseconds(quick ? 300 : 500))
                .measurementIterations(quick ? 3 : 5).measurementTime(TimeValue.milliseconds(quick ? 300 : 600))
                .shouldFailOnError(true).output(log.toString()).build();
        for (RunResult result : new Runner(options).run()) {
            add(kind, result.getParams().getParam("row"), result.getPrimaryResult().getScore());
        }
        for (Script script : kind == Kind.W2_RENEWED ? List.<Script> of() : scripts) {
            Script.Measured measured = script.measure(kind, size, quick ? 2 : 5);
            add(kind, script.name(), measured.nanos());
            if (kind == Kind.W2) {
                bytes.put(script.name(), measured.bytes());
            }
        }
    }

    private String[] rows(Kind kind, int size) throws Exception {
        List<String> rows = new ArrayList<>();
        for (Contender contender : Contenders.all()) {
            if (kind == Kind.W2_RENEWED && !contender.name().matches(Result.LIMIT + "|" + Result.OURS)) {
                continue;
            }
            try {
                Work work = kind.of(contender, Shape.of(size));
                rows.add(contender.name());
                if (kind == Kind.W2 && !bytes.containsKey(contender.name())) {
                    bytes.put(contender.name(), (double) work.run(State.make()).bytes() / size);
                }
            } catch (UnsupportedOperationException e) {
                notes.add(kind + ", row *" + contender.name() + "*: " + e.getMessage());
            }
        }
        return rows.toArray(String[]::new);
    }

    private void add(Kind kind, String row, double nanos) {
        values.computeIfAbsent(kind, any -> new LinkedHashMap<>()).computeIfAbsent(row, any -> new ArrayList<>())
                .add(kind == Kind.W3 ? nanos / MILLION : nanos);
    }

    private List<Result> results() {
        List<Result> results = new ArrayList<>();
        values.forEach((kind, rows) -> rows.forEach((row, each) -> results.add(
                Result.of(kind.title(), row, kind.unit, array(each), array(rows.get(Result.LIMIT))))));
        double limit = bytes.get(Result.LIMIT);
        values.get(Kind.W2).keySet().forEach(row -> results.add(new Result("W2 bytes", row, bytes.get(row), "B/step",
                bytes.get(row) / limit, List.of(bytes.get(row) / limit, bytes.get(row) / limit))));
        return results;
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
