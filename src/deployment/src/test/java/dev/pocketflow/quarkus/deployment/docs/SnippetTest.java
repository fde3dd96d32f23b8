package dev.pocketflow.quarkus.deployment.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.pocketflow.quarkus.deployment.docs.Pages.Block;

/** The documents' code, settings, commands and messages are in the build. {@link LinksTest} tests the links. */
class SnippetTest {

    private static final Set<String> PHASES = Set.of("clean", "test", "package", "verify", "install");

    static Stream<Block> excerpts() throws IOException {
        return Stream.of("java", "yaml", "txt").flatMap(language -> {
            try {
                return Pages.blocks(language);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    static Stream<String> settings() throws IOException {
        return Pages.blocks("properties").flatMap(block -> block.text().lines());
    }

    static Stream<String> commands() throws IOException {
        return Pages.all().stream().flatMap(page -> Pages.find(page, "\\./mvnw [^`\\n]+")).map(MatchResult::group).distinct();
    }

    static Stream<String> messages() {
        return Stream.of("AGENTS.md", "src/docs/guides/several-flows.md")
                .flatMap(page -> Pages.find(Pages.ROOT.resolve(page), "^\\| `([^`]{9,})` \\|")).map(row -> row.group(1))
                .filter(message -> !message.contains("/"));
    }

    @ParameterizedTest
    @MethodSource("excerpts")
    void excerpt_isInAFileOfTheBuild(Block block) throws IOException {
        assertThat(Pages.sources("." + block.language()).stream().map(Pages::text).map(Pages::flat))
                .anyMatch(source -> source.contains(Pages.flat(block.text())));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void setting_isMadeByAFunctionOrItsTests(String setting) throws IOException {
        String[] option = setting.replace("\"", "\\\"").split("=", 2);
        String literals = '"' + option[0] + "\", \"" + option[1] + '"';
        assertThat(Stream.concat(Pages.sources("application.properties").stream(), Pages.sources(".java").stream())
                .flatMap(file -> Pages.text(file).lines())).anyMatch(line -> line.equals(setting) || line.contains(literals));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void command_namesGoalsModulesAndProfilesThatExist(String command) throws IOException {
        String poms = String.join("", Pages.sources("pom.xml").stream().map(Pages::text).toList())
                + Pages.text(Pages.ROOT.resolve("pom.xml"));
        List<String> words = List.of(command.strip().split(" +"));
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            if (words.get(i - 1).equals("-pl")) {
                assertThat(word.split(","))
                        .allSatisfy(module -> assertThat(Pages.ROOT.resolve(module).resolve("pom.xml")).exists());
            } else if (word.startsWith("-P")) {
                assertThat(poms).contains("<id>" + word.substring(2) + "</id>");
            } else if (word.equals("-Dnative")) {
                assertThat(poms).contains("<name>native</name>");
            } else if (word.startsWith("-Dtest=")) {
                assertThat(Pages.sources("/" + word.substring(7) + ".java")).isNotEmpty();
            } else if (word.contains(":")) {
                assertThat(poms).contains("<artifactId>" + word.substring(0, word.indexOf(':')) + "-maven-plugin</artifactId>");
            } else if (!word.startsWith("-")) {
                assertThat(word).isIn(PHASES);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void message_isOneOfOurs(String message) throws IOException {
        String sources = String.join("", Pages.sources(".java").stream().filter(file -> file.toString().contains("/src/main/"))
                .map(Pages::text).toList());
        for (String part : message.split("…")) {
            assertThat(sources.contains(part)).as(part).isTrue();
        }
    }

    @Test
    void nothing_isLeftOut() throws IOException {
        assertThat(excerpts()).hasSizeGreaterThan(8);
        assertThat(settings()).isNotEmpty();
        assertThat(commands()).hasSizeGreaterThan(5);
        assertThat(messages()).hasSizeGreaterThan(8);
    }
}
