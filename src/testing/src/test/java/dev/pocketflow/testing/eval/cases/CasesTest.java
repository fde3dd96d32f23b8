package dev.pocketflow.testing.eval.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CasesTest {

    private static final String YAML = """
            - name: a
              input: {question: "How long?"}
              expect: {contains: 15 minutes, equals: {answer: 1}}
              tags: [smoke, lambda]

            - {name: b, input: {}, expect: {path: {$.a: null}}}
            """;
    private static final String JSON = """
            [{"name": "a", "input": {"question": "How long?"}, "tags": ["smoke", "lambda"],
              "expect": {"contains": "15 minutes", "equals": {"answer": 1}}},

             {"name": "b", "input": {}, "expect": {"path": {"$.a": null}}}]
            """;
    private static final String LINES = """
            {"name": "a", "input": {"question": "How long?"}, "tags": ["smoke", "lambda"], \
            "expect": {"contains": "15 minutes", "equals": {"answer": 1}}}

            {"name": "b", "input": {}, "expect": {"path": {"$.a": null}}}
            """;

    @ParameterizedTest
    @CsvSource({ "yaml,1,6", "yml,1,6", "json,1,4", "jsonl,1,3" })
    void fileIsRead_inEachForm(String ending, int firstLine, int secondLine, @TempDir Path directory) throws Exception {
        String content = ending.startsWith("y") ? YAML : ending.equals("json") ? JSON : LINES;
        Path file = Files.writeString(directory.resolve("cases." + ending), content);

        Cases cases = Cases.fromFile(file);

        assertThat(cases.name()).isEqualTo("cases." + ending);
        assertThat(cases.all()).extracting(Case::name).containsExactly("a", "b");
        assertThat(cases.all()).extracting(Case::place).containsExactly("cases." + ending + ", line " + firstLine,
                "cases." + ending + ", line " + secondLine);
        Case first = cases.all().get(0);
        assertThat(first.input()).hasToString("{\"question\":\"How long?\"}");
        assertThat(first.expected()).containsOnlyKeys("contains", "equals");
        assertThat(first.expected().get("equals")).hasToString("{\"answer\":1}");
        assertThat(first.tags()).containsExactly("smoke", "lambda");
        assertThat(cases.all().get(1).tags()).isEmpty();
    }

    @Test
    void resourceIsRead_fromTheClassPath() {
        assertThat(Cases.fromClasspath("answers.yaml").all()).hasSize(4);
        assertThatThrownBy(() -> Cases.fromClasspath("no-such.yaml")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no no-such.yaml on the class path");
        assertThatThrownBy(() -> Cases.fromFile(Path.of("no-such.yaml"))).isInstanceOf(UncheckedIOException.class)
                .hasMessage("Cannot read no-such.yaml");
    }

    @Test
    void casesOfCode_haveAnyValueThatJacksonWrites() {
        Case each = Case.of("a", Map.of("n", 1), Map.of("contains", List.of("x", "y")));

        assertThat(Cases.of("mine", List.of(each)).all()).containsExactly(each);
        assertThat(each.expected().get("contains")).hasToString("[\"x\",\"y\"]");
        assertThat(each.label()).isEqualTo("code, case 'a'");
    }

    @Test
    void casesAreSelected_byTag() {
        Cases cases = Cases.parse("cases.yaml", YAML);

        assertThat(cases.tagged("smoke").all()).extracting(Case::name).containsExactly("a");
        assertThatThrownBy(() -> cases.tagged("slow")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cases.yaml has no case with the tag 'slow'. Its tags are [lambda, smoke]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {name: a}                                        | c.yaml must be a list of cases
            []                                               | c.yaml has no case
            - a                                              | c.yaml, line 1: a case must have keys and values
            - {input: {}}                                    | c.yaml, line 1: the case needs 'name', a text
            - {name: 1, input: {}}                           | c.yaml, line 1: the case needs 'name', a text
            - {name: a, input: x, expect: {equals: 1}}       | c.yaml, line 1, case 'a' needs 'input', an object of keys and values
            - {name: a, input: {}}                           | c.yaml, line 1, case 'a' needs 'expect', an object of keys and values
            - {name: a, input: {}, expect: {}}               | c.yaml, line 1, case 'a' expects nothing. Give it at least one expectation
            - {name: a, inptu: {}}                           | c.yaml, line 1, case 'a' has the unknown key 'inptu'. Known keys are name, input, expect, tags
            - {name: a, input: {}, expect: {equals: 1}, tags: x} | c.yaml, line 1, case 'a': 'tags' must be a list of texts
            - {name: a, input: {}, expect: {equals: 1}, tags: [{}]} | c.yaml, line 1, case 'a': 'tags' must be a list of texts
            - {name: ' ', input: {}, expect: {equals: 1}}    | c.yaml, line 1: the name of a case must be one line of text, was ' '
            - {name: a, name: b}                             | c.yaml, line 1 is not readable: Duplicate field 'name'
            """)
    void caseIsRefused_withFileLineAndName(String yaml, String message) {
        assertThatThrownBy(() -> Cases.parse("c.yaml", yaml)).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void lineIsNamed_whenALaterCaseIsWrong() {
        String good = "- {name: a, input: {}, expect: {equals: 1}}\n";

        assertThatThrownBy(() -> Cases.parse("c.yaml", good + "\n" + good)).hasMessage(
                "c.yaml, line 3, case 'a' has the name of another case (c.yaml, line 1). Rename one of them");
        assertThatThrownBy(() -> Cases.parse("c.yaml", good + "- name: [a\n")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("c.yaml, line 2 is not readable: ");
        assertThatThrownBy(
                () -> Cases.parse("c.jsonl", "{\"name\": \"a\", \"input\": {}, \"expect\": {\"equals\": 1}}\n{oops}"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("c.jsonl, line 2 is not readable: ");
    }

    @ParameterizedTest
    @ValueSource(strings = { "c.yaml", "c.json", "c.jsonl" })
    void fileIsRefused_whenSomethingIsAfterItsEnd(String file) {
        String one = "{\"name\": \"a\", \"input\": {}, \"expect\": {\"equals\": 1}}";
        String content = file.equals("c.jsonl") ? one + " 1"
                : "[" + one + "]" + (file.equals("c.json") ? "[]" : "\n---\n[]");

        assertThatThrownBy(() -> Cases.parse(file, content)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(file + " has something after ");
    }

    @Test
    void aliasIsRefused_becauseItWouldBeReadAsItsName() {
        String yaml = "- &first {name: a, input: {}, expect: {equals: 1}}\n- *first\n";

        assertThatThrownBy(() -> Cases.parse("c.yaml", yaml))
                .hasMessage("c.yaml, line 2 has the alias *first. Aliases are not read: write the value again");
    }

    @Test
    void endingIsRefused_whenItTellsNoForm() {
        assertThatThrownBy(() -> Cases.parse("cases.txt", "")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cases.txt has an ending that is not known. Name it .yaml, .yml, .json or .jsonl");
    }
}
