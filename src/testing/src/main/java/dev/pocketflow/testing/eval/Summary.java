package dev.pocketflow.testing.eval;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The totals of one subject.
 *
 * @param subject the name of the subject
 * @param passed the number of cases whose expectations all hold
 * @param failed the number of cases with an expectation that does not hold
 * @param broken the number of cases whose run failed, or whose output could not be scored
 * @param notRun the number of cases that the budget did not allow
 * @param meanScore the mean score of the cases; a failed run counts as 0, a case that was not run or not scored does not count;
 *        empty if there is none
 * @param usage the units that the runs used, in alphabetical order, without the judge's
 * @param time the sum of the runs' times
 */
public record Summary(String subject, int passed, int failed, int broken, int notRun, OptionalDouble meanScore,
        Map<String, Double> usage, Duration time) {

    static Summary of(String subject, List<CaseResult> results) {
        int passed = 0;
        int failed = 0;
        int broken = 0;
        Map<String, Double> usage = new TreeMap<>();
        Duration time = Duration.ZERO;
        for (CaseResult each : results) {
            passed += each.passed() ? 1 : 0;
            failed += each.outcome() instanceof CaseOutcome.Scored && !each.passed() ? 1 : 0;
            broken += each.outcome() instanceof CaseOutcome.Broken ? 1 : 0;
            each.usage().forEach((unit, used) -> usage.merge(unit, used, Double::sum));
            time = time.plus(each.time());
        }
        OptionalDouble mean = results.stream().map(CaseResult::score).flatMapToDouble(OptionalDouble::stream).average();
        return new Summary(subject, passed, failed, broken, results.size() - passed - failed - broken, mean, usage, time);
    }

    /** {@return the number of cases that were run} */
    public int run() {
        return passed + failed + broken;
    }

    /** {@return the part of the cases that were run and passed, from 0 to 1; 0 if none was run} */
    public double passRate() {
        return run() == 0 ? 0 : passed / (double) run();
    }
}
