package dev.pocketflow.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Starts a bare function and a flow that does the same in turn, and keeps their figures. */
final class StartsInTurn {

    private static final double MEBI = 1024 * 1024;

    private final int rounds;
    private final List<Result> results = new ArrayList<>();

    /** @param args {@code --quick} for a short run whose figures are only a rough indication */
    StartsInTurn(String... args) {
        rounds = List.of(args).contains("--quick") ? 5 : 20;
    }

    /** A figure of a start. */
    enum Figure {
        START("ms", Start::millis),
        CPU("ms", Start::cpuMillis),
        RSS("MiB", Start::mebibytes);

        private final String unit;
        private final ToDoubleFunction<Start> of;

        Figure(String unit, ToDoubleFunction<Start> of) {
            this.unit = unit;
            this.of = of;
        }
    }

    List<Result> results() {
        return results;
    }

    /** @param work its name, without the figure */
    void measure(String work, Image bare, Image flow, Start.Asked asked, Figure... figures)
            throws IOException, InterruptedException {
        Start[][] starts = starts(bare, flow, asked);
        for (Figure figure : figures) {
            add(work + " " + figure.name().toLowerCase(Locale.ROOT), figure.unit, values(starts[0], figure),
                    values(starts[1], figure));
        }
    }

    private Start[][] starts(Image bare, Image flow, Start.Asked asked) throws IOException, InterruptedException {
        for (Image image : List.of(bare, flow)) { // not counted: the page cache does not hold them yet
            if (image.isUntrained()) {
                Start.of(image, asked, Image.training());
            }
            Start.of(image, asked);
        }
        Start[][] starts = new Start[2][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int turn = 0; turn < 2; turn++) {
                int which = (round + turn) % 2;
                starts[which][round] = Start.of(which == 0 ? bare : flow, asked);
            }
        }
        return starts;
    }

    /** Records the sizes of the executables. */
    void sizes(String work, Image bare, Image flow) throws IOException {
        add(work + " size", "MiB", new double[] { bare.size() / MEBI }, new double[] { flow.size() / MEBI });
        if (bare.target().equals(Image.LAMBDA)) {
            add(work + " zip", "MiB", new double[] { bare.zipped() / MEBI }, new double[] { flow.zipped() / MEBI });
        }
    }

    private static double[] values(Start[] starts, Figure figure) {
        return Stream.of(starts).mapToDouble(figure.of).toArray();
    }

    private void add(String work, String unit, double[] bare, double[] flow) {
        results.add(Result.of(work, Result.LIMIT, unit, bare, bare));
        Result ours = Result.of(work, Result.OURS, unit, flow, bare);
        results.add(ours);
        System.out.printf("%-24s bare %8.1f %s, ours %8.1f %s: %.2f (%.2f to %.2f)%n", work, Quantiles.of(bare).median(), unit,
                ours.value(), unit, ours.ratio(), ours.spread().get(0), ours.spread().get(1));
    }
}
