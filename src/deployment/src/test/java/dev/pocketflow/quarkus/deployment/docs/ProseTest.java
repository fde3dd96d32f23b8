package dev.pocketflow.quarkus.deployment.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The part of the section Prose of CONTRIBUTING.md that a pattern can check. */
class ProseTest {

    private static final Pattern QUESTION = Pattern
            .compile("/\\*\\*[\\s*]*(?:What|Who|Whose|Whoever|Where|Wherever|Whether)\\b.*");
    private static final Pattern DIALECT = Pattern
            .compile("(?m)(?:^\\s*/?\\*|//).*\\b(?:goes on|went on|has taken over|becomes of|came of|nobody knows)\\b.*");

    @Test
    void docComment_beginsWithANounOrAVerb() throws IOException {
        assertThat(comments(QUESTION)).as("begin with a noun phrase or a verb: \"The run's store.\", \"Claims a hop.\"")
                .isEmpty();
    }

    @Test
    void comment_usesNoPrivateDialect() throws IOException {
        assertThat(comments(DIALECT)).as("write resumes, took over, result, is unknown").isEmpty();
    }

    @Test
    void patterns_findTheirExamples() {
        assertThat(Stream.of("/** What a hop does. */", "/**\n     * Whether it ends.\n     */", "/** Wherever it is. */"))
                .allMatch(QUESTION.asPredicate());
        assertThat(Stream.of("/** Whatsoever. */", "/** Claims what is free. */")).noneMatch(QUESTION.asPredicate());
        assertThat(Stream.of("int a; // it goes on", " * the run went on", "/** What came of it. */"))
                .allMatch(DIALECT.asPredicate());
        assertThat(Stream.of("\"it goes on\"", " * continues")).noneMatch(DIALECT.asPredicate());
    }

    private static Stream<String> comments(Pattern pattern) throws IOException {
        return Pages.sources(".java").stream()
                .filter(file -> !file.endsWith("ProseTest.java"))
                .flatMap(file -> pattern.matcher(Pages.text(file)).results().map(MatchResult::group)
                        .map(found -> relative(file) + ": " + found.strip()));
    }

    private static String relative(Path file) {
        return Pages.ROOT.relativize(file).toString().replace('\\', '/');
    }
}
