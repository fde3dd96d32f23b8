package dev.pocketflow.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

import org.openjdk.jmh.results.RunResult;

/**
 * A line of the table: a benchmark, compared with another of the same round.
 *
 * @param target the highest ratio that is good enough; 0 where none is set
 * @param mostNanos the longest it may take more than the other, in nanoseconds a step; 0 where that is not set
 */
record Row(String benchmark, String label, String limit, double target, double mostNanos) {

    static final String HEAD = String.format("%-38s %10s %-17s %7s %-13s %7s %9s", "median of the rounds", "time", "(spread)",
            "ratio", "(spread)", "by CPU", "B/op");

    static Row limit(String benchmark, String label) {
        return new Row(benchmark, label, benchmark, 0, 0);
    }

    static Row of(String benchmark, String label, String limit, double target) {
        return new Row(benchmark, label, limit, target, 0);
    }

    /** Of benchmarks whose scores are in nanoseconds. */
    static Row more(String benchmark, String label, String limit, double mostNanos) {
        return new Row(benchmark, label, limit, 0, mostNanos);
    }

    boolean met(List<Map<String, RunResult>> rounds) {
        return (target == 0 || median(ratios(rounds, null)) <= target) && (mostNanos == 0 || more(rounds) <= mostNanos);
    }

    String line(List<Map<String, RunResult>> rounds) {
        double[] times = each(rounds, benchmark, null);
        double[] ratios = ratios(rounds, null);
        String verdict = target == 0 ? "" : String.format(Locale.ROOT, "  target %.1f: %s", target, judged(rounds));
        if (mostNanos > 0) {
            verdict = String.format(Locale.ROOT, "  %.1f us more, target %.0f: %s", more(rounds) / 1000, mostNanos / 1000,
                    judged(rounds));
        }
        return String.format(Locale.ROOT, "%-38s %7.2f %-2s %-17s %7.2f %-13s %7.2f %9.1f%s", label, median(times),
                rounds.get(0).get(benchmark).getPrimaryResult().getScoreUnit().replace("/op", ""), spread(times),
                median(ratios), spread(ratios), median(ratios(rounds, CpuTime.LABEL)),
                median(each(rounds, benchmark, "gc.alloc.rate.norm")), verdict);
    }

    private String judged(List<Map<String, RunResult>> rounds) {
        return met(rounds) ? "met" : "MISSED";
    }

    private double more(List<Map<String, RunResult>> rounds) {
        double[] ours = each(rounds, benchmark, null);
        double[] limits = each(rounds, limit, null);
        for (int i = 0; i < ours.length; i++) {
            ours[i] -= limits[i];
        }
        return median(ours);
    }

    private double[] ratios(List<Map<String, RunResult>> rounds, String result) {
        double[] ours = each(rounds, benchmark, result);
        double[] limits = each(rounds, limit, result);
        for (int i = 0; i < ours.length; i++) {
            ours[i] /= limits[i];
        }
        return ours;
    }

    private static double[] each(List<Map<String, RunResult>> rounds, String benchmark, String result) {
        return rounds.stream().map(round -> round.get(benchmark)).mapToDouble(run -> result == null
                ? run.getPrimaryResult().getScore()
                : run.getSecondaryResults().get(result).getScore()).toArray();
    }

    private static double median(double[] values) {
        double[] sorted = DoubleStream.of(values).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static String spread(double[] values) {
        return String.format(Locale.ROOT, "(%.2f to %.2f)", DoubleStream.of(values).min().orElseThrow(),
                DoubleStream.of(values).max().orElseThrow());
    }
}
