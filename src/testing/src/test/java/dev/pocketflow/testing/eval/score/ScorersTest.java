package dev.pocketflow.testing.eval.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

/** The scorers that need no model. */
class ScorersTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String OUTPUT = """
            {answer: At most 15 Minutes., count: 3, exact: 2.0, none: null, sections: [{heading: Why, words: 10}, {heading: How}]}
            """;

    static JsonNode yaml(String text) {
        try {
            return YAML.readTree(text);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static Answered answered(JsonNode output) {
        return new Answered(yaml("question: How long?"), output, (calls, usage) -> {
        });
    }

    private static Score score(String scorer, String expected) throws Exception {
        Scorer each = Scorers.withoutModel().get(scorer);
        each.check(yaml(expected));
        return each.score(yaml(expected), answered(yaml(OUTPUT)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            contains | 15 Minutes                                 | 1    | all texts found
            contains | 15 minutes                                 | 0    | missing: [15 minutes]
            contains | ['15', Why, nothing, /MINUTES/i]             | 0.75 | missing: [nothing]
            contains | /(\\d+) minutes\\./i                       | 1    | all texts found
            contains | /15.*Why/s                                 | 1    | all texts found
            contains | '3'                                        | 1    | all texts found
            contains | {text: Why, in: '$.sections[*].heading'}   | 1    | all texts found
            contains | {text: [Why, How], in: $.answer}           | 0    | missing: [Why, How]
            contains | {text: Why, in: $.nowhere}                 | 0    | the output has nothing at $.nowhere
            contains | 'null'                                     | 0    | missing: [null]
            path     | {$.count: 3, $.exact: 2, $.none: null}     | 1    | all paths equal
            path     | {$.count: 4, '$.sections[0].heading': Why} | 0.5  | $.count is 3
            path     | {$.nowhere: 1, $.answer.deep: 1}           | 0    | $.nowhere is missing; $.answer.deep is missing
            path     | {'$.sections[*].heading': [Why, How]}      | 1    | all paths equal
            path     | {'$.sections.length()': 2}                 | 1    | all paths equal
            path     | {"$.sections[?(@.heading == 'Why')].words": [10]} | 1 | all paths equal
            path     | {'$.sections[?(@.words > 10)]': []}        | 1    | all paths equal
            equals   | {answer: At most 15 Minutes., count: 3.0, sections: []} | 0 | not equal in [sections, exact, none]
            equals   | 3                                          | 0    | the output is an object, and not 3
            """)
    void outputIsScored(String scorer, String expected, double value, String reason) throws Exception {
        assertThat(score(scorer, expected)).isEqualTo(new Score(value, value == 1, reason));
    }

    @Test
    void equalOutputPasses_whateverTheFormOfItsNumbers() throws Exception {
        assertThat(score("equals", OUTPUT.replace("count: 3", "count: 3.00").replace("exact: 2.0", "exact: 2")))
                .isEqualTo(Score.pass("equal"));
    }

    @Test
    void numberThatIsNone_isComparedWithoutAnError() throws Exception {
        JsonNode nan = JsonNodeFactory.instance.objectNode().put("n", Double.NaN);

        assertThat(Scorers.withoutModel().get("equals").score(yaml("{n: 1}"), answered(nan)).passed()).isFalse();
        assertThat(Scorers.withoutModel().get("equals").score(nan, answered(nan)).passed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            contains | 3                         | must be a text or a list of texts, was 3. Put it in quotes
            contains | []                        | must be a text or a list of texts, was an empty list
            contains | {in: $.a}                 | must be a text or a list of texts
            contains | {txt: a}                  | has the unknown key 'txt'. Known keys are text, in
            contains | {text: a, in: answer}     | 'answer' is no JSON path. Begin it with $, as in $.answer
            contains | {text: a, in: 3}          | needs 'in', a text, was 3
            path     | {}                        | must have JSON paths as keys, as in {$.answer: 15 minutes}, was {}
            path     | $.a                       | must have JSON paths as keys, as in {$.answer: 15 minutes}, was "$.a"
            path     | {answer: 1}               | 'answer' is no JSON path. Begin it with $, as in $.answer
            """)
    void expectationIsRefused_whenItsFormIsWrong(String scorer, String expected, String message) {
        assertThatThrownBy(() -> Scorers.withoutModel().get(scorer).check(yaml(expected)))
                .isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void brokenPatternsAreRefused() {
        assertThatThrownBy(() -> Scorers.withoutModel().get("contains").check(yaml("/(/")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("has a wrong regular expression: ");
        assertThatThrownBy(() -> Scorers.withoutModel().get("path").check(yaml("{'$.a[?(@.b': 1}")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("'$.a[?(@.b' is no JSON path: ");
    }

    @Test
    void scoreIsRefused_outsideItsRange() {
        assertThatThrownBy(() -> new Score(1.5, true, "")).hasMessage("a score must be from 0 to 1, was 1.5");
        assertThatThrownBy(() -> Score.of(Double.NaN, 0, "")).hasMessage("a score must be from 0 to 1, was NaN");
    }
}
