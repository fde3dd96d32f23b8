package dev.pocketflow.testing.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptParserTest {

    private static final String OK = "- {answer: fine}\n";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{when: x} | needs exactly one of answer, json, tool, refuse, error, hang, drop, garbage, has none",
            "{answer: x, wen: y} | has the unknown key 'wen'; known keys are when, times, delay, "
                    + "tokens-per-second, answer",
            "{answer: x, hang: true} | needs exactly one of answer, json, tool, refuse, error, hang, drop, "
                    + "garbage, has answer and hang",
            "{answer: 5} | 'answer' must be a text; put it in quotes, was 5",
            "{answer: {a: b}} | 'answer' must be a text; put it in quotes, was keys and values",
            "{answer: ''} | 'answer' must be a text; put it in quotes, was \"\"",
            "{answer: 'is {{1}}'} | has the unknown placeholder {{1}}; known are {{user}}, "
                    + "{{tool-result}}; numbers need a 'when' with",
            "{when: '/a(b)/', answer: '{{2}}'} | has the unknown placeholder {{2}}; known are {{user}}, "
                    + "{{tool-result}} and {{0}} to {{1}}",
            "{json: {a: ['{{name}}']}} | has the unknown placeholder {{name}}",
            "{json: text} | 'json' must be an object or a list, was \"text\"",
            "{tool: {arguments: {}}} | , tool 'name' must be a text; put it in quotes, was missing",
            "{tool: {name: x, args: {}}} | , tool has the unknown key 'args'; known keys are name, arguments",
            "{tool: {name: x, arguments: 1}} | , tool 'arguments' must be keys and values, was 1",
            "{tool: {name: x, arguments: {q: '{{4}}'}}} | , tool, arguments has the unknown placeholder {{4}}",
            "{tool: [x]} | , tool must be keys and values, was \"x\"",
            "{error: 200} | 'error' must be an HTTP status from 400 to 599, was 200",
            "{error: {status: 429, retry: 1s}} | , error has the unknown key 'retry'; known keys are "
                    + "status, retry-after, message",
            "{error: {}} | , error 'status' must be an HTTP status from 400 to 599, was missing",
            "{hang: false} | 'hang' must be a duration such as 50ms or 2s, was false",
            "{drop: false} | 'drop' must be true",
            "{answer: x, delay: 50} | 'delay' must be a duration such as 50ms or 2s, was 50",
            "{answer: x, delay: PT-1S} | 'delay' must be a duration such as 50ms or 2s, was \"PT-1S\"",
            "{answer: x, times: 0} | 'times' must be a whole number above 0, was 0",
            "{answer: x, times: 1.5} | 'times' must be a whole number above 0, was 1.5",
            "{answer: x, tokens-per-second: -1} | 'tokens-per-second' must be a number above 0, was -1",
            "{answer: x, when: [a]} | 'when' must be keys and values, was a list",
            "{answer: x, when: {usr: a}} | , when has the unknown key 'usr'; known keys are user, system, any, "
                    + "tool-result, tool, model",
            "{answer: x, when: '/(/'} | 'when' is not a regular expression: Unclosed group",
            "text | must be keys and values, was \"text\"" })
    void refusalNamesFileRuleAndKey_whenARuleIsWrong(String rule, String message) {
        String where = "agent.yaml, rule 2" + (message.startsWith(",") ? "" : " ");

        assertThatThrownBy(() -> ScriptParser.parse("agent.yaml", OK + "- " + rule))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(where + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "rules: [] | agent.yaml must be a list of rules, each beginning with '- '",
            "`` | agent.yaml must be a list of rules, each beginning with '- '",
            "[] | agent.yaml must be a list of rules, each beginning with '- '",
            "- {answer: {{1}}} | agent.yaml is not readable as YAML (a text that begins with {{ needs quotes): ",
            "- {answer: x | agent.yaml is not readable as YAML: ",
            "- {answer: x, answer: y} | agent.yaml is not readable as YAML: " })
    void refusalNamesFile_whenItIsNoScript(String yaml, String message) {
        assertThatThrownBy(() -> ScriptParser.parse("agent.yaml", yaml)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource({ "50ms, 50", "2s, 2000", "1.5s, 1500", "2 m, 120000", "1h, 3600000", "PT0.25S, 250", "0s, 0" })
    void durationIsRead_inWordsAndIso(String text, long millis) {
        ModelScript script = ScriptParser.parse("agent.yaml", "- {answer: x, delay: " + text + "}");

        assertThat(script.rules().get(0).delay()).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void everyKindOfRuleIsRead() {
        ModelScript script = ScriptParser.parse("agent.yaml", """
                - {when: hi, times: 3, delay: 1s, tokens-per-second: 2.5, answer: x}
                - {error: 500}
                - {hang: true}
                - {hang: 3s}
                - {drop: true}
                - {garbage: '<', when: {any: /a/i, tool: t, model: m, system: s, user: u, tool-result: r}}
                """);

        List<Rule> rules = script.rules();
        assertThat(rules.get(0)).isEqualTo(new Rule(1, List.of(new Condition(Condition.Subject.USER, "hi", null)), 3,
                Duration.ofSeconds(1), 2.5, new Reply.Answer("x")));
        assertThat(rules).extracting(Rule::times).last().isEqualTo(Integer.MAX_VALUE);
        assertThat(rules.subList(1, 6)).extracting(Rule::reply).containsExactly(new Reply.Failure(500, null, null),
                new Reply.Hang(null), new Reply.Hang(Duration.ofSeconds(3)), new Reply.Drop(), new Reply.Garbage("<"));
        assertThat(rules.get(5).describe()).isEqualTo(
                "any /a/ and tool \"t\" and model \"m\" and system \"s\" and user \"u\" and tool-result \"r\"");
    }

    @Test
    void exampleInTheJavadocIsAScript() throws Exception {
        String source = Files.readString(Path.of("src/main/java/dev/pocketflow/testing/ScriptedModel.java"));
        String example = source.substring(source.indexOf("<pre>{@code") + 11, source.indexOf("}</pre>")).replace("\n * ", "\n");

        assertThat(ScriptParser.parse("example", example.stripTrailing()).rules()).hasSize(5);
    }
}
