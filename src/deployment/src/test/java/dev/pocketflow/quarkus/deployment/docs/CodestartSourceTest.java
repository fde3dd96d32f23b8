package dev.pocketflow.quarkus.deployment.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The flow and the test of the codestart are those that {@code functions/loop} compiles and runs. */
class CodestartSourceTest {

    private static final Path CODESTART = Pages.ROOT
            .resolve("src/codestart/src/main/resources/codestarts/quarkus/pocketflow-codestart");
    private static final Pattern VARIABLE = Pattern.compile("QUARKUS_POCKETFLOW_[A-Z0-9_]+");
    private static final Path RUN = Pages.ROOT.resolve("functions/loop/src/test/java/dev/pocketflow/functions/headline");

    @Test
    void flowOfTheCodestart_isTheFlowThatRuns() {
        assertThat(body(CODESTART.resolve("java/src/main/java/org/acme/Headline.java")))
                .isEqualTo(body(RUN.resolve("Headline.java")));
    }

    @Test
    void testOfTheCodestart_isTheTestThatRuns() {
        assertThat(body(CODESTART.resolve("java/src/test/java/org/acme/HeadlineTest.java")))
                .isEqualTo(body(RUN.resolve("HeadlineTest.java")));
    }

    @Test
    void variablesOfItsFiles_areConfiguration() {
        List<String> keys = Pages.find(Pages.ROOT.resolve("src/docs/reference/configuration.md"), "^\\| `(quarkus[a-z.*-]+)`")
                .map(row -> row.group(1).replaceAll("[.-]", "_").toUpperCase(Locale.ROOT)).toList();

        assertThat(Stream.of("template.yaml", "flow.sh", "pom.tpl.qute.xml", "README.tpl.qute.md")
                .map(file -> Pages.text(CODESTART.resolve("base").resolve(file)))
                .flatMap(text -> VARIABLE.matcher(text).results()).map(variable -> variable.group()).distinct())
                .hasSizeGreaterThan(2).allMatch(variable -> keys.contains(variable)
                        || keys.stream().anyMatch(key -> key.endsWith("*") && variable.startsWith(key.replace("*", ""))));
    }

    /** A class from its first brace: before that its package and the profile of its test differ. */
    private static String body(Path file) {
        String text = Pages.text(file);
        return text.substring(text.indexOf("\nclass "));
    }
}
