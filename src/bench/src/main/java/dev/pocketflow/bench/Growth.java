package dev.pocketflow.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

import dev.pocketflow.bench.Contender.Shape;
import dev.pocketflow.bench.Contender.Work;
import dev.pocketflow.bench.Contenders.Kind;

/**
 * W7: measures how the time of a step or of an item grows. Each row of each curve has its own process. The process measures the
 * sizes in ascending order and stops before a run would take too long.
 */
public final class Growth {

    private static final int MOST_SECONDS = 20;
    private static final int END_SECONDS = 3 * MOST_SECONDS; // for a curve that grows faster than expected
    private static final int LOOPS = 3_000;

    /** A curve: its sizes, and the shape and the texts of the state at a size. */
    private record Curve(String name, Kind kind, int[] sizes, IntFunction<Shape> shape, IntFunction<Integer> texts) {
    }

    private static final List<Curve> CURVES = List.of(
            new Curve("W1 by steps", Kind.W1, new int[] { 10, 100, 1_000, 10_000, 100_000 }, Shape::of, any -> 20),
            new Curve("W2 by steps", Kind.W2, new int[] { 10, 100, 1_000, 10_000, 100_000 }, Shape::of, any -> 20),
            new Curve("W2 by texts", Kind.W2, new int[] { 20, 100, 1_000, 10_000 }, any -> Shape.of(300), texts -> texts),
            new Curve("W1 by nodes", Kind.W1, new int[] { 3, 10, 100, 1_000 }, nodes -> new Shape(LOOPS, nodes, 1), any -> 20),
            new Curve("W2 by nodes", Kind.W2, new int[] { 3, 10, 100, 1_000 }, nodes -> new Shape(LOOPS, nodes, 1), any -> 20),
            new Curve("W1 by nesting", Kind.W1, new int[] { 1, 10, 100 }, depth -> new Shape(LOOPS, 3, depth), any -> 20),
            new Curve("W2 by nesting", Kind.W2, new int[] { 1, 10, 100 }, depth -> new Shape(LOOPS, 3, depth), any -> 20),
            new Curve("batch by items", Kind.ITEMS, new int[] { 10, 100, 1_000, 10_000, 100_000 }, Shape::of, any -> 20));

    private Growth() {
    }

    /**
     * @param args the output file, and {@code quick} or {@code full}; in a child process {@code point}, the curve and the row
     */
    public static void main(String[] args) throws Exception {
        if (args[0].equals("point")) {
            curve(CURVES.get(Integer.parseInt(args[1])), Contenders.named(args[2]), args[3].equals("quick") ? 3 : 9);
            return;
        }
        Path target = Path.of(args[0]);
        Files.deleteIfExists(target.resolve("growth-notes.txt"));
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < CURVES.size(); i++) {
            Map<String, Map<String, double[]>> rows = new LinkedHashMap<>();
            for (Contender contender : Contenders.all()) {
                System.out.println(CURVES.get(i).name() + ": " + contender.name());
                rows.put(contender.name(), forked(i, contender.name(), args[1], target));
            }
            results.addAll(results(CURVES.get(i), rows));
        }
        Result.write(target.resolve("growth.json"), results);
    }

    private static List<Result> results(Curve curve, Map<String, Map<String, double[]>> rows) {
        List<Result> results = new ArrayList<>();
        rows.forEach((row, points) -> points.forEach((size, nanos) -> {
            double[] limit = rows.get(Result.LIMIT).get(size);
            double limits = limit == null ? Double.NaN : Quantiles.of(limit).median();
            Quantiles of = Quantiles.of(nanos);
            results.add(new Result("W7 " + curve.name() + " " + size, row, of.median(), curve.kind().unit,
                    of.median() / limits, List.of(of.lowest() / limits, of.highest() / limits)));
        }));
        return results;
    }

    private static Map<String, double[]> forked(int curve, String row, String quick, Path target) throws IOException {
        Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
                System.getProperty("java.class.path"), "--sun-misc-unsafe-memory-access=allow", Growth.class.getName(), "point",
                Integer.toString(curve), row, quick)
                .redirectError(ProcessBuilder.Redirect.appendTo(target.resolve("growth.log").toFile())).start();
        Map<String, double[]> points = new LinkedHashMap<>();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] parts = line.split(" ");
                if (parts[0].equals("point")) {
                    points.put(parts[1], List.of(parts).subList(2, parts.length).stream().mapToDouble(Double::parseDouble)
                            .toArray());
                } else if (parts[0].equals("note")) {
                    Files.writeString(target.resolve("growth-notes.txt"), line.substring("note ".length()) + "\n",
                            StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                }
            }
        }
        return points;
    }

    private static void curve(Curve curve, Contender contender, int repetitions) {
        AtomicInteger current = new AtomicInteger();
        AtomicLong begun = new AtomicLong(System.nanoTime());
        Thread end = new Thread(() -> {
            while (System.nanoTime() - begun.get() < END_SECONDS * 1_000_000_000L) {
                LockSupport.parkNanos(100_000_000);
            }
            note(contender, curve, current.get(), "stopped after " + END_SECONDS + " s.");
            Runtime.getRuntime().halt(1);
        });
        end.setDaemon(true);
        end.start();
        warmUp(curve, contender, repetitions);
        double before = 0;
        double last = 0;
        for (int size : curve.sizes()) {
            current.set(size);
            begun.set(System.nanoTime());
            try {
                double parts = (double) curve.shape().apply(size).steps() * curve.texts().apply(size);
                double expected = before == 0 ? 0 : last * parts / before;
                if (expected > MOST_SECONDS * 1e9) {
                    throw new IllegalStateException(
                            "not measured. A run would take " + Math.round(expected / 1e9) + " s or more.");
                }
                Work work = curve.kind().of(contender, curve.shape().apply(size));
                double[] nanos = measured(work, curve.texts().apply(size), repetitions);
                last = Quantiles.of(nanos).median();
                before = parts;
                int steps = curve.shape().apply(size).steps();
                StringBuilder line = new StringBuilder("point " + size);
                for (double each : nanos) {
                    line.append(' ').append(each / steps);
                }
                System.out.println(line);
            } catch (UnsupportedOperationException e) {
                if (size != curve.sizes()[0]) { // Bench has noted the reason for the first size
                    note(contender, curve, size, e.getMessage());
                }
                return;
            } catch (Throwable e) { // also a StackOverflowError, which is one of the results of this benchmark
                note(contender, curve, size, String.valueOf(e.getMessage() == null ? e : e.getMessage()));
                return;
            }
        }
    }

    private static void note(Contender contender, Curve curve, int size, String why) {
        System.out.println("note " + curve.name() + ", " + size + ", row *" + contender.name() + "*: "
                + why.lines().findFirst().orElse(""));
    }

    /** Warms up at a medium size. The smallest size would give the first point the compiler's time. */
    private static void warmUp(Curve curve, Contender contender, int repetitions) {
        long end = System.nanoTime() + repetitions * 150_000_000L;
        try {
            Work work = curve.kind().of(contender, curve.shape().apply(curve.sizes()[1]));
            do {
                work.run(State.make(curve.texts().apply(curve.sizes()[1])));
            } while (System.nanoTime() < end);
        } catch (Throwable e) {
            return; // the curve's own measurement reports it
        }
    }

    private static double[] measured(Work work, int texts, int repetitions) throws Exception {
        long end = System.nanoTime() + 500_000_000;
        double once = Contenders.nanos(work, State.make(texts));
        for (int runs = 0; System.nanoTime() < end && runs < 5_000; runs++) {
            once = Contenders.nanos(work, State.make(texts));
        }
        if (once > 2e9) {
            return new double[] { once };
        }
        double[] nanos = new double[once > 2e8 ? 3 : repetitions];
        int batch = (int) Math.max(1, 2e6 / once); // adds up runs that are too short for the clock
        for (int i = 0; i < nanos.length; i++) {
            for (int run = 0; run < batch; run++) {
                nanos[i] += Contenders.nanos(work, State.make(texts)) / batch;
            }
        }
        return nanos;
    }
}
