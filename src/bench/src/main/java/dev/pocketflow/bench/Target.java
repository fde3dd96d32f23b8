package dev.pocketflow.bench;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a figure has to be.
 *
 * @param works those that it is for, whole
 * @param row whose
 * @param least of the ratio to the limit; 0 where a high one is bad
 * @param most of the ratio; infinite where a high one is good
 * @param more what it may take beyond that, in the figure's unit
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

    /** {@return null where none is set} */
    static Target of(Result result) {
        return ALL.stream().filter(target -> target.row.equals(result.row()) && target.works.matcher(result.work()).matches())
                .findFirst().orElse(null);
    }

    /** @param limit of the same work */
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
