package dev.pocketflow.testing.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import dev.pocketflow.testing.FakeTime;
import dev.pocketflow.testing.eval.cases.Case;
import dev.pocketflow.testing.eval.cases.Cases;
import dev.pocketflow.testing.eval.score.JudgeModel;

class EvaluationBudgetTest {

    private final AtomicInteger runs = new AtomicInteger();
    private final Subject counted = input -> {
        runs.incrementAndGet();
        return new Output(input, Map.of("output-tokens", 100.0));
    };

    private static List<String> reasons(EvaluationResult result) {
        return result.results().stream().map(CaseResult::outcome)
                .map(outcome -> outcome instanceof CaseOutcome.NotRun notRun ? notRun.reason() : "run").toList();
    }

    @Test
    void restIsNotRun_whenTheCallsAreUsedUp() {
        EvaluationResult result = Evaluation.of(EvaluationTest.numbered(40)).subject("a", counted).parallel(8)
                .budget(Budget.calls(10)).run();

        assertThat(runs).hasValue(10);
        assertThat(result.summary("a").run()).isEqualTo(10);
        assertThat(result.summary("a").notRun()).isEqualTo(30);
        assertThat(result.spent().calls()).isEqualTo(10);
    }

    @Test
    void restIsNotRun_whenTheUsageIsReached() {
        EvaluationResult result = Evaluation.of(EvaluationTest.numbered(4)).subject("a", counted).parallel(1)
                .budget(Budget.usage("output-tokens", 150)).run();

        assertThat(reasons(result)).containsExactly("run", "run", "the budget of 150 output-tokens is used up",
                "the budget of 150 output-tokens is used up");
    }

    @Test
    void restIsNotRun_whenTheTimeIsOver() {
        FakeTime time = new FakeTime();
        Subject slow = input -> {
            time.advance(Duration.ofMinutes(3));
            return Output.of(input);
        };

        EvaluationResult result = Evaluation.of(EvaluationTest.numbered(3)).subject("a", slow).parallel(1).clock(time)
                .budget(Budget.time(Duration.ofMinutes(5))).run();

        assertThat(reasons(result)).containsExactly("run", "run", "the budget of PT5M is used up");
    }

    @Test
    void callsAndTokensOfTheJudge_areCounted() {
        Cases cases = Cases.of("c", List.of(judged("a"), judged("b"), judged("c")));
        JudgeModel judge = (instructions, data) -> new JudgeModel.Reply("{\"score\": 1}", Map.of("output-tokens", 7.0));

        EvaluationResult result = Evaluation.of(cases).subject("a", counted).judgedBy(judge).parallel(1)
                .budget(Budget.calls(4)).run();

        assertThat(reasons(result)).containsExactly("run", "run", "the budget of 4 calls is used up");
        assertThat(result.spent().usage()).isEqualTo(Map.of("output-tokens", 214.0));
        assertThat(result.summary("a").usage()).as("without the judge").isEqualTo(Map.of("output-tokens", 200.0));
    }

    private static Case judged(String name) {
        return Case.of(name, Map.of(), Map.of("judge", Map.of("criteria", "polite", "atLeast", 0.5)));
    }

    @Test
    void thresholdIsNotReached_whenTheBudgetEnds() {
        EvaluationResult result = Evaluation.of(EvaluationTest.numbered(3)).subject("a", counted).parallel(1)
                .budget(Budget.calls(2)).run();

        assertThatThrownBy(() -> result.requireAtLeast(0.5)).isInstanceOf(AssertionError.class).hasMessage(
                """
                        The evaluation of numbers failed: 'a' passed 2 of 2 cases (1.00), and 0.5 is required. Cases that were not run: 1
                        Not run: case 3 (the budget of 2 calls is used up)
                        Write a report before this check to see the outputs: writeHtml(…)""");
    }

    @Test
    void thresholdIsReached_byAPart_ifTheBudgetAllowsIt() {
        Budget budget = Budget.calls(2).allowPartial();
        EvaluationResult result = Evaluation.of(EvaluationTest.numbered(3)).subject("a", counted).parallel(1).budget(budget)
                .run();

        assertThat(result.requireAtLeast(1)).isSameAs(result);
    }

    @Test
    void thresholdIsNotReached_byNothing() {
        Budget budget = Budget.calls(1).andTime(Duration.ofHours(1)).allowPartial();
        EvaluationResult result = Evaluation.of(EvaluationTest.numbered(1)).subject("a", counted).subject("b", counted)
                .parallel(1).budget(budget).run();

        assertThat(result.summary("b").passRate()).isZero();
        assertThatThrownBy(() -> result.requireAtLeast("b", 0)).isInstanceOf(AssertionError.class)
                .hasMessageContaining("'b' passed 0 of 0 cases (0.00)");
    }

    @Test
    void budgetIsRefused_outsideItsBounds() {
        assertThatThrownBy(() -> Budget.calls(0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the budget of calls must be at least 1, was 0");
        assertThatThrownBy(() -> Budget.time(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the budget of time must be more than zero, was PT0S");
        assertThatThrownBy(() -> Budget.usage("output-tokens", 0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the budget of output-tokens must be more than 0, was 0.0");
    }
}
