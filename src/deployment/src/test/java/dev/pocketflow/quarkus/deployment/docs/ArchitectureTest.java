package dev.pocketflow.quarkus.deployment.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names on the pages about the code are in the code, at the stated places. */
class ArchitectureTest {

    /** A class, or a member of one: {@code HopExecution.begin}, {@code engine/HopExecution}. */
    private static final Pattern NAME = Pattern.compile("`((?:[a-z]+/)?)([A-Z]\\w*[a-z]\\w*)(?:\\.(\\w+))?`");

    private static final Pattern WORD = Pattern.compile("\\w+");

    private static List<Path> sources;
    private static final Set<String> WORDS = new HashSet<>();

    @BeforeAll
    static void read() throws IOException {
        sources = Pages.sources(".java");
        sources.forEach(file -> WORD.matcher(text(file)).results().map(MatchResult::group).forEach(WORDS::add));
    }

    @ParameterizedTest
    @ValueSource(strings = { "src/docs/explanation/architecture.md", ".github/CONTRIBUTING.md" })
    void namesOfThePage_areInTheCode(String page) {
        List<MatchResult> names = NAME.matcher(text(Pages.ROOT.resolve(page))).results().toList();

        assertThat(names).isNotEmpty();
        assertThat(names.stream().filter(name -> !isInTheCode(name.group(2)) || !isInTheCode(name.group(3)))
                .map(MatchResult::group)).isEmpty();
    }

    private static boolean isInTheCode(String name) {
        return name == null || WORDS.contains(name);
    }

    @Test
    void filesOfThePage_areInTheirPackage() {
        List<String> files = NAME.matcher(text(Pages.ROOT.resolve("src/docs/explanation/architecture.md"))).results()
                .filter(name -> !name.group(1).isEmpty()).map(name -> "/" + name.group(1) + name.group(2) + ".java").toList();

        assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(sources.stream().map(Path::toString))
                .as(file).anyMatch(source -> source.endsWith(file)));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
