package dev.pocketflow.testing.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.pocketflow.testing.OpenAiCalls;

class RuleBookTest {

    private static final String REQUEST = """
            {"model": "gpt-4o-mini",
             "messages": [{"role": "developer", "content": "You decide."},
                          {"role": "user", "content": "first question"},
                          {"role": "assistant", "content": null, "tool_calls": []},
                          {"role": "user", "content": [{"type": "text", "text": "Who is"}, {"type": "text", "text": "Ada?"}]},
                          {"role": "tool", "tool_call_id": "1", "content": "born 1815"}],
             "tools": [{"type": "function", "function": {"name": "search"}}]}
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "Ada | true", "ada | false", "/ada/i | true", "/Who.is.Ada/ | false", "/who.is.ada/si | true", "first | false",
            "{user: Ada} | true", "{any: first question} | true", "{any: second} | false", "{system: decide} | true",
            "{tool-result: '1815'} | true", "{tool-result: '1816'} | false", "{tool: search} | true", "{tool: sear} | false",
            "{tool: /^sea/} | true", "{model: gpt-4o-mini} | true", "{model: gpt-4o} | false",
            "{user: Ada, system: nobody} | false",
            "{user: Ada, system: decide} | true" })
    void ruleMatches_whenAllItsConditionsDo(String when, boolean expected) {
        String quoted = when.startsWith("{") ? when : "\"" + when + "\"";

        RuleBook.Choice choice = book("- {when: " + quoted + ", answer: x}").choose(request(REQUEST));

        assertThat(choice != null).isEqualTo(expected);
    }

    @Test
    void regexOfManyBacktracks_isAnsweredAtOnce_forMegabytes() {
        String request = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + "x".repeat(5_000_000) + "\"}]}";

        assertThat(book("- {when: /x.*y/s, answer: x}").choose(request(request))).isNull();
    }

    @Test
    void toolResultDoesNotMatch_whenItDoesNotEndTheRequest() {
        String asked = "{\"model\":\"m\",\"messages\":[{\"role\":\"tool\",\"content\":\"old\"},"
                + "{\"role\":\"user\",\"content\":\"new\"}]}";

        assertThat(book("- {when: {tool-result: /.*/}, answer: x}").choose(request(asked))).isNull();
    }

    @Test
    void placeholdersAreFilled_fromTheFirstRegexAndTheRequest() {
        RuleBook.Choice choice = book("""
                - when: {system: decide, tool-result: '/born (\\d+)(, died)?/', user: '/(Ada)/'}
                  answer: "{{0}}|{{ 1 }}|{{2}}|{{user}}|{{tool-result}}|{ {1} }"
                """).choose(request(REQUEST));

        Reply.Answer answer = (Reply.Answer) choice.rule().reply();
        assertThat(choice.template().fill(answer.text())).isEqualTo("born 1815|1815||Who is\nAda?|born 1815|{ {1} }");
    }

    @Test
    void quotedTextStaysInsideItsString_whenItHoldsQuotesAndPlaceholders() {
        RuleBook.Choice choice = book("- {when: /(.*)/, json: {deep: ['<{{1}}>', 7, null]}}").choose(
                request("{\"messages\":[{\"role\":\"user\",\"content\":\"$1 \\\"}{{user}}\"}]}"));

        Reply.Json json = (Reply.Json) choice.rule().reply();
        assertThat(choice.template().fill(json.content()).toString()).isEqualTo("{\"deep\":[\"<$1 \\\"}{{user}}>\",7,null]}");
    }

    @Test
    void nextRuleAnswers_whenOneIsUsedUp() {
        RuleBook book = book("- {answer: a, times: 2}\n- {answer: b, times: 1}");

        assertThat(IntStream.range(0, 3).map(i -> book.choose(request(REQUEST)).rule().number())).containsExactly(1, 1, 2);
        assertThat(book.choose(request(REQUEST))).isNull();
        assertThat(book.describe()).isEqualTo("script: 1 (always, used up), 2 (always, used up)");
    }

    @Test
    void prependedRulesComeFirst_untilReset() {
        RuleBook book = book("- {answer: a, times: 1}");
        book.prepend(ScriptParser.parse("more", "- {answer: b, times: 1}"));

        assertThat(book.choose(request(REQUEST)).script()).isEqualTo("more");
        assertThat(book.choose(request(REQUEST)).script()).isEqualTo("script");
        book.reset();
        assertThat(book.choose(request(REQUEST)).script()).isEqualTo("script");
        assertThat(book.choose(request(REQUEST))).isNull();
    }

    @Test
    void ruleAnswersNoMoreThanItsTimes_whenAskedInParallel() {
        RuleBook book = book("- {answer: a, times: 100}");
        AtomicInteger chosen = new AtomicInteger();

        IntStream.range(0, 1_000).parallel().forEach(i -> {
            if (book.choose(request(REQUEST)) != null) {
                chosen.incrementAndGet();
            }
        });

        assertThat(chosen).hasValue(100);
    }

    private static RuleBook book(String yaml) {
        return new RuleBook(ScriptParser.parse("script", yaml));
    }

    private static ChatRequest request(String json) {
        return ChatRequest.of(OpenAiCalls.json(json));
    }
}
