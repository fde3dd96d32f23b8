package dev.pocketflow.testing.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.pocketflow.testing.FakeTime;
import dev.pocketflow.testing.eval.cases.Case;
import dev.pocketflow.testing.eval.cases.Cases;
import dev.pocketflow.testing.eval.score.Score;

class EvaluationTest {

    static final Subject ECHO = input -> Output.of(input);

    /** Cases whose input is their number, and which expect it as the output. */
    static Cases numbered(int count) {
        return Cases.of("numbers", IntStream.rangeClosed(1, count)
                .mapToObj(i -> Case.of("case " + i, Map.of("n", i), Map.of("equals", Map.of("n", i)))).toList());
    }

    @Test
    void resultsHaveTheOrderOfCasesAndSubjects_whenRunsOverlap() {
        CyclicBarrier together = new CyclicBarrier(4);
        AtomicInteger most = new AtomicInteger();
        AtomicInteger now = new AtomicInteger();
        Subject waiting = input -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            together.await(2, TimeUnit.MINUTES); // only four runs at once pass it
            now.decrementAndGet();
            return Output.of(input);
        };

        EvaluationResult result = Evaluation.of(numbered(6)).subject("one", waiting).subject("two", waiting).parallel(4).run();

        assertThat(most).hasValue(4);
        assertThat(result.results()).extracting(each -> each.about().name() + " " + each.subject()).containsExactly(
                "case 1 one", "case 1 two", "case 2 one", "case 2 two", "case 3 one", "case 3 two", "case 4 one", "case 4 two",
                "case 5 one", "case 5 two", "case 6 one", "case 6 two");
        assertThat(result.results()).allMatch(CaseResult::passed);
        assertThat(result.subjects()).containsExactly("one", "two");
        assertThat(result.name()).isEqualTo("numbers");
    }

    @Test
    void failureOfASubject_isTheOutcomeOfItsCase() {
        Subject failing = input -> switch ((int) input.get("n")) {
            case 1 -> throw new IOException("no connection");
            case 2 -> throw new AssertionError("not as it should be");
            case 3 -> null;
            case 4 -> Output.of(Map.of("n", new Object()));
            default -> Output.of(input);
        };

        EvaluationResult result = Evaluation.of(numbered(5)).subject("a", failing).run();

        assertThat(result.results()).extracting(each -> each.outcome() instanceof CaseOutcome.Broken broken
                ? broken.error().getClass().getSimpleName()
                : "none").containsExactly("IOException", "AssertionError", "NullPointerException", "IllegalArgumentException",
                        "none");
        assertThat(result.results()).extracting(each -> each.score().getAsDouble()).containsExactly(0.0, 0.0, 0.0, 0.0, 1.0);
        assertThat(result.summary("a")).satisfies(summary -> {
            assertThat(summary.broken()).isEqualTo(4);
            assertThat(summary.passRate()).isEqualTo(0.2);
            assertThat(summary.meanScore()).hasValue(0.2);
        });
    }

    @Test
    void failureOfAScorer_isNoScore() {
        Cases cases = Cases.of("c",
                List.of(Case.of("a", Map.of(), Map.of("odd", 1)), Case.of("b", Map.of(), Map.of("odd", 2))));

        EvaluationResult result = Evaluation.of(cases).subject("a", ECHO).scorer("odd", (expected, answered) -> {
            if (expected.asInt() == 1) {
                throw new IllegalStateException("no model");
            }
            return null;
        }).run();

        assertThat(result.results()).allSatisfy(each -> {
            CaseOutcome.Broken broken = (CaseOutcome.Broken) each.outcome();
            assertThat(broken.scorer()).hasValue("odd");
            assertThat(broken.output()).isPresent();
            assertThat(each.score()).isEmpty();
        });
        assertThat(result.summary("a").meanScore()).isEmpty();
    }

    @Test
    void errorOfTheMachine_endsTheEvaluation() {
        Evaluation evaluation = Evaluation.of(numbered(1)).subject("a", input -> {
            throw new OutOfMemoryError("as if");
        });

        assertThatThrownBy(evaluation::run).isInstanceOf(OutOfMemoryError.class).hasMessage("as if");
    }

    @Test
    void ownScorer_isAskedByItsName_andItsScoreIsAveraged() {
        Cases cases = Cases.of("c", List.of(
                Case.of("a", Map.of("text", "four"), Map.of("longest", 5, "contains", "four"))));

        EvaluationResult result = Evaluation.of(cases).subject("a", ECHO)
                .scorer("longest", (expected, answered) -> Score.of(0.5, 0.8, answered.text().length() + " of " + expected))
                .run();

        CaseResult only = result.results().get(0);
        assertThat(((CaseOutcome.Scored) only.outcome()).scores()).containsOnlyKeys("longest", "contains")
                .containsEntry("longest", new Score(0.5, false, "4 of 5"));
        assertThat(only.passed()).isFalse();
        assertThat(only.score()).hasValue(0.75);
    }

    @Test
    void inputIsACopy_thatASubjectMayChange() {
        List<Object> seen = new ArrayList<>();
        Subject changing = input -> {
            seen.add(input.put("n", 7));
            return Output.of(input);
        };

        Evaluation.of(numbered(1)).subject("a", changing).subject("b", changing).parallel(1).run();

        assertThat(seen).containsExactly(1, 1);
    }

    @Test
    void usageAndTimeAreAddedUp_forEachSubject() {
        FakeTime time = new FakeTime();
        Subject slow = input -> {
            time.advance(Duration.ofMillis(1500));
            return new Output(input, Map.of("output-tokens", 10.0, "searches", 1.0));
        };

        EvaluationResult result = Evaluation.of(numbered(3)).subject("a", slow).subject("b", ECHO).parallel(1).clock(time)
                .run();

        assertThat(result.summary("a").usage()).hasToString("{output-tokens=30.0, searches=3.0}");
        assertThat(result.summary("a").time()).isEqualTo(Duration.ofMillis(4500));
        assertThat(result.summary("b").usage()).isEmpty();
        assertThat(result.spent())
                .hasToString("Spent[calls=6, usage={output-tokens=30.0, searches=3.0}, time=PT4.5S]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {similr: {to: a}}   | c.yaml, line 1, case 'a' expects 'similr', which no scorer checks. Known are contains, equals, path. Add 'similar' with similarBy(…), 'judge' with judgedBy(…), your own with scorer(…)
            {contains: 3}       | c.yaml, line 1, case 'a': 'contains' must be a text or a list of texts, was 3. Put it in quotes
            """)
    void wrongExpectation_isReportedBeforeTheFirstRun(String expect, String message) {
        AtomicInteger runs = new AtomicInteger();
        Cases cases = Cases.parse("c.yaml", "- {name: a, input: {}, expect: " + expect + "}");
        Evaluation evaluation = Evaluation.of(cases).subject("a", input -> {
            runs.incrementAndGet();
            return Output.of(input);
        });

        assertThatThrownBy(evaluation::run).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
        assertThat(runs).hasValue(0);
    }

    @Test
    void evaluationIsRefused_withoutASubjectOrWithTwoOfOneName() {
        Evaluation evaluation = Evaluation.of(numbered(1));

        assertThatThrownBy(evaluation::run).isInstanceOf(IllegalStateException.class)
                .hasMessage("the evaluation of numbers has no subject. Add one with subject(…)");
        assertThatThrownBy(() -> evaluation.subject("a", ECHO).subject("a", ECHO))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("two subjects have the name 'a'. Rename one of them");
        assertThatThrownBy(() -> evaluation.subject(" ", ECHO)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the name of a subject must not be blank");
    }

    @Test
    void optionIsRefused_outsideItsBounds() {
        Evaluation evaluation = Evaluation.of(numbered(1)).subject("a", ECHO);

        assertThatThrownBy(() -> evaluation.parallel(0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parallel must be at least 1, was 0");
        assertThatThrownBy(() -> evaluation.tolerance(-0.1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the tolerance must be from 0 to 1, was -0.1");
        assertThatThrownBy(() -> evaluation.scorer("path", (expected, answered) -> Score.pass("")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is a scorer with the name 'path'. Choose another name");
        assertThatThrownBy(() -> evaluation.run().summary("b")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no subject 'b'. The subjects are [a]");
    }

    @Test
    void evaluationEnds_whenItsThreadIsInterrupted() {
        CountDownLatch never = new CountDownLatch(1);
        Evaluation evaluation = Evaluation.of(numbered(1)).subject("a", input -> {
            never.await();
            return Output.of(input);
        });
        Thread.currentThread().interrupt();

        assertThatThrownBy(evaluation::run).isInstanceOf(IllegalStateException.class)
                .hasMessage("the evaluation of numbers was interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }
}
