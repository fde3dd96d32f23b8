package dev.pocketflow.testing.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.pocketflow.testing.eval.Comparison.Change;
import dev.pocketflow.testing.eval.cases.Case;
import dev.pocketflow.testing.eval.cases.Cases;
import dev.pocketflow.testing.eval.score.Score;

class ComparisonTest {

    /** A case whose input has the score of each subject, and which passes from 0.5. */
    private static Case scored(String name, double one, double two) {
        return Case.of(name, Map.of("one", one, "two", two), Map.of("given", 0.5));
    }

    private static EvaluationResult run(double tolerance, Case... cases) {
        return Evaluation.of(Cases.of("c", List.of(cases)))
                .subject("one", input -> Output.of(Map.of("score", input.get("one"))))
                .subject("two", input -> Output.of(Map.of("score", input.get("two"))))
                .scorer("given", (expected, answered) -> Score.of(answered.output().path("score").asDouble(),
                        expected.asDouble(), ""))
                .tolerance(tolerance).run();
    }

    @Test
    void casesAreBetterWorseOrEqual_byTheirScores() {
        EvaluationResult result = run(0, scored("up", 0.6, 0.7), scored("down", 0.3, 0.2), scored("same", 0.9, 0.9));

        Comparison comparison = result.compare("one", "two");

        assertThat(comparison.cases()).extracting(Comparison.Line::change).containsExactly(Change.BETTER, Change.WORSE,
                Change.EQUAL);
        assertThat(comparison.names(Change.WORSE)).containsExactly("down");
        assertThat(comparison.count(Change.BETTER)).isEqualTo(1);
        assertThat(comparison.cases().get(0).baseScore()).hasValue(0.6);
        assertThat(comparison.cases().get(0).otherScore()).hasValue(0.7);
        assertThat(result.compare("two", "one").names(Change.WORSE)).containsExactly("up");
    }

    @Test
    void smallDifferencesAreEqual_unlessOnlyOnePassed() {
        Comparison comparison = run(0.1, scored("noise", 0.6, 0.7), scored("flip", 0.49, 0.5), scored("much", 0.6, 0.8))
                .compare("one", "two");

        assertThat(comparison.cases()).extracting(Comparison.Line::change).containsExactly(Change.EQUAL, Change.BETTER,
                Change.BETTER);
    }

    @Test
    void passedCaseIsBetter_whateverTheMeanOfItsScores() {
        Case both = Case.of("a", Map.of(), Map.of("strict", 1, "lax", 1));
        Comparison comparison = Evaluation.of(Cases.of("c", List.of(both)))
                .subject("one", input -> Output.of(Map.of("strict", 0.0, "lax", 1.0)))
                .subject("two", input -> Output.of(Map.of("strict", 0.2, "lax", 0.2)))
                .scorer("strict", (expected, answered) -> Score.of(answered.output().path("strict").asDouble(), 0.2, ""))
                .scorer("lax", (expected, answered) -> Score.of(answered.output().path("lax").asDouble(), 0.2, ""))
                .run().compare("one", "two");

        assertThat(comparison.names(Change.BETTER)).containsExactly("a");
    }

    @Test
    void caseIsUnknown_whenOneIsNotRunOrNotScored() {
        Comparison notRun = Evaluation.of(EvaluationTest.numbered(1)).subject("one", EvaluationTest.ECHO)
                .subject("two", EvaluationTest.ECHO).parallel(1).budget(Budget.calls(1)).run().compare("one", "two");
        Comparison notScored = run(0, scored("a", 0.6, 7)).compare("one", "two");

        assertThat(notRun.count(Change.UNKNOWN)).isEqualTo(1);
        assertThat(notScored.count(Change.UNKNOWN)).isEqualTo(1);
    }

    @Test
    void failedRunIsWorse_thanAnyScore() {
        Comparison comparison = Evaluation.of(EvaluationTest.numbered(1)).subject("one", EvaluationTest.ECHO)
                .subject("two", input -> {
                    throw new IllegalStateException("down");
                }).run().compare("one", "two");

        assertThat(comparison.names(Change.WORSE)).containsExactly("case 1");
    }
}
