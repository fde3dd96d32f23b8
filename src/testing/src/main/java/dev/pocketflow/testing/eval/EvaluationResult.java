package dev.pocketflow.testing.eval;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The result of an evaluation. Thread-safe. It remembers the reports that were written, and is immutable otherwise. The order
 * of
 * cases and subjects is that of the {@link Evaluation}, however its runs overlapped.
 */
public final class EvaluationResult {

    private static final int MOST_NAMES = 20;

    private final String name;
    private final List<String> subjects;
    private final List<CaseResult> results;
    private final Budget.Spent spent;
    private final Budget budget;
    private final double tolerance;
    private final List<Path> reports = new CopyOnWriteArrayList<>();

    EvaluationResult(String name, List<String> subjects, List<CaseResult> results, Budget.Spent spent, Budget budget,
            double tolerance) {
        this.name = name;
        this.subjects = subjects;
        this.results = List.copyOf(results);
        this.spent = spent;
        this.budget = budget;
        this.tolerance = tolerance;
    }

    /** {@return the name of the cases} */
    public String name() {
        return name;
    }

    /** {@return the names of the subjects} */
    public List<String> subjects() {
        return subjects;
    }

    /** {@return all results: case by case, and for each case subject by subject} */
    public List<CaseResult> results() {
        return results;
    }

    /**
     * {@return the results of a subject, in the order of the cases}
     *
     * @throws IllegalArgumentException if there is no such subject
     */
    public List<CaseResult> results(String subject) {
        if (!subjects.contains(subject)) {
            throw new IllegalArgumentException("there is no subject '" + subject + "'. The subjects are " + subjects);
        }
        return results.stream().filter(each -> each.subject().equals(subject)).toList();
    }

    /**
     * {@return the totals of a subject}
     *
     * @throws IllegalArgumentException if there is no such subject
     */
    public Summary summary(String subject) {
        return Summary.of(subject, results(subject));
    }

    /**
     * Compares two subjects case by case, within {@link Evaluation#tolerance}.
     *
     * @param base the name of the subject to compare with
     * @param other the name of the subject that is better or worse
     * @throws IllegalArgumentException if there is no such subject
     */
    public Comparison compare(String base, String other) {
        return Comparison.of(base, results(base), other, results(other), tolerance);
    }

    /** {@return the use of all runs and scorers, as the budget counts it} */
    public Budget.Spent spent() {
        return spent;
    }

    /**
     * Writes a report for people: totals, comparisons with the first subject, and all cases. It quotes inputs and outputs, and
     * runs no script. Directories are made, and an older file is replaced.
     *
     * @return this result
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    public EvaluationResult writeHtml(Path file) {
        Markup.write(file, xml -> new HtmlReport(this, xml).write());
        reports.add(file);
        return this;
    }

    /**
     * Writes a report for a CI server: a test suite for each subject, with a test for each case. A case whose expectations do
     * not hold is a failure, a broken one an error, and one that was not run is skipped. It quotes outputs. Directories are
     * made,
     * and an older file is replaced.
     *
     * @return this result
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    public EvaluationResult writeJUnitXml(Path file) {
        Markup.write(file, xml -> new JUnitReport(this, xml).write());
        reports.add(file);
        return this;
    }

    /**
     * Requires a pass rate of every subject.
     *
     * @return this result
     * @throws AssertionError as {@link #requireAtLeast(String, double)} does
     */
    public EvaluationResult requireAtLeast(double passRate) {
        subjects.forEach(subject -> requireAtLeast(subject, passRate));
        return this;
    }

    /**
     * Requires a pass rate of one subject. Unless {@link Budget#allowPartial} was set, every case must have been run, too.
     *
     * @param subject the name of the subject
     * @param passRate from 0 to 1
     * @return this result
     * @throws AssertionError if it is not reached; the message names the cases and the reports, and quotes no output; its cause
     *         is the first error of a broken case
     * @throws IllegalArgumentException if there is no such subject, or the rate is not from 0 to 1
     */
    public EvaluationResult requireAtLeast(String subject, double passRate) {
        if (!(passRate >= 0 && passRate <= 1)) {
            throw new IllegalArgumentException("the pass rate must be from 0 to 1, was " + passRate);
        }
        Summary summary = summary(subject);
        boolean complete = summary.notRun() == 0 || budget.isPartialAllowed() && summary.run() > 0;
        if (complete && summary.passRate() >= passRate) {
            return this;
        }
        Throwable cause = results(subject).stream().map(CaseResult::outcome).filter(CaseOutcome.Broken.class::isInstance)
                .map(outcome -> ((CaseOutcome.Broken) outcome).error()).findFirst().orElse(null);
        throw new AssertionError(message(summary, passRate), cause);
    }

    private String message(Summary summary, double required) {
        List<String> lines = new ArrayList<>();
        lines.add("The evaluation of " + name + " failed: '" + summary.subject() + "' passed " + summary.passed() + " of "
                + summary.run() + " cases (" + Numbers.score(summary.passRate()) + "), and " + Numbers.plain(required)
                + " is required" + (summary.notRun() > 0 ? ". Cases that were not run: " + summary.notRun() : ""));
        List<CaseResult> own = results(summary.subject());
        add(lines, "Failed", own, each -> each.outcome() instanceof CaseOutcome.Scored && !each.passed());
        add(lines, "Broken", own, each -> each.outcome() instanceof CaseOutcome.Broken);
        add(lines, "Not run", own, each -> each.outcome() instanceof CaseOutcome.NotRun);
        lines.add(reports.isEmpty() ? "Write a report before this check to see the outputs: writeHtml(…)"
                : "Reports: " + reports.stream().map(Path::toString).collect(Collectors.joining(", ")));
        return String.join("\n", lines);
    }

    private static void add(List<String> lines, String title, List<CaseResult> results, Predicate<CaseResult> which) {
        List<CaseResult> some = results.stream().filter(which).toList();
        if (!some.isEmpty()) {
            lines.add(title + ": " + some.stream().limit(MOST_NAMES).map(EvaluationResult::brief)
                    .collect(Collectors.joining(", "))
                    + (some.size() > MOST_NAMES ? " and " + (some.size() - MOST_NAMES) + " more" : ""));
        }
    }

    /** A case with the scores that failed, the class of its error, or the end of the budget, and without any text of it. */
    private static String brief(CaseResult result) {
        String detail;
        if (result.outcome() instanceof CaseOutcome.Scored scored) {
            detail = scored.scores().entrySet().stream().filter(each -> !each.getValue().passed())
                    .map(each -> each.getKey() + " " + Numbers.score(each.getValue().value()))
                    .collect(Collectors.joining(", "));
        } else if (result.outcome() instanceof CaseOutcome.Broken broken) {
            detail = broken.scorer().map(scorer -> scorer + ": ").orElse("") + broken.error().getClass().getSimpleName();
        } else {
            detail = ((CaseOutcome.NotRun) result.outcome()).reason();
        }
        return result.about().name() + " (" + detail + ")";
    }
}
