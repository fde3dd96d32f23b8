package dev.pocketflow.bench;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The target of a figure.
 *
 * @param works matches the whole name of a work
 * @param row the contender that the target applies to
 * @param least the lowest good ratio to the limit; 0 if a high ratio is bad
 * @param most the highest good ratio to the limit; infinite if a high ratio is good
 * @param more the allowance on top of the ratio, in the figure's unit
 */
record Target(Pattern works, String row, double least, double most, double more) {

    private static final List<Target> ALL = List.of(
            most("W1", Result.OURS, 5),
            most("W1", Result.OURS + ", no path", 3),
            most("W2", Result.OURS, 1.15),
            most("W3", Result.OURS, 1.2),
            most("W4 (http|lambda) native (start|rss|size|zip)", Result.OURS, 1.15),
            new Target(Pattern.compile("W5 hop"), Result.OURS, 0, 1.2, 1),
            new Target(Pattern.compile("W6 .* throughput"), Result.OURS, 0.9, Double.POSITIVE_INFINITY, 0),
            most("W6 .* p99", Result.OURS, 1.2),
            most("W8 (http|http ready|lambda) (start|rss)", Result.OURS, 1.15));

    private static Target most(String works, String row, double most) {
        return new Target(Pattern.compile(works), row, 0, most, 0);
    }

    /** {@return the target; null if none is set} */
    static Target of(Result result) {
        return ALL.stream().filter(target -> target.row.equals(result.row()) && target.works.matcher(result.work()).matches())
                .findFirst().orElse(null);
    }

    /** @param limit the limit's result for the same work */
    boolean met(Result result, Result limit) {
        boolean within = result.ratio() <= most || more > 0 && result.value() <= most * limit.value() + more;
        return result.ratio() >= least && within;
    }

    @Override
    public String toString() {
        return least > 0 ? "at least " + Report.ratio(least)
                : "at most " + Report.ratio(most) + (more > 0 ? " x + 1 ms" : "");
    }
}
