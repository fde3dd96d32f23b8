package dev.pocketflow.testing.eval;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;

import dev.pocketflow.testing.eval.cases.Case;
import dev.pocketflow.testing.eval.score.Score;

/**
 * The result of one case with one subject.
 *
 * @param about the case
 * @param subject the name of the subject
 * @param outcome the outcome
 * @param time the time of the run, without its scoring
 */
public record CaseResult(Case about, String subject, CaseOutcome outcome, Duration time) {

    /** {@return true if every expectation holds} */
    public boolean passed() {
        return outcome instanceof CaseOutcome.Scored scored && scored.scores().values().stream().allMatch(Score::passed);
    }

    /**
     * {@return the mean of the scores; 0 if the subject failed; empty if the case was not run, or a scorer failed}
     */
    public OptionalDouble score() {
        if (outcome instanceof CaseOutcome.Scored scored) {
            return scored.scores().values().stream().mapToDouble(Score::value).average();
        }
        return outcome instanceof CaseOutcome.Broken broken && broken.scorer().isEmpty() ? OptionalDouble.of(0)
                : OptionalDouble.empty();
    }

    /** {@return the units that the run used; empty if it did not end or reported none} */
    public Map<String, Double> usage() {
        if (outcome instanceof CaseOutcome.Scored scored) {
            return scored.usage();
        }
        return outcome instanceof CaseOutcome.Broken broken ? broken.usage() : Map.of();
    }
}
