package dev.pocketflow.quarkus.deployment.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;

/** The flow and the test of the codestart are those that {@code functions/loop} compiles and runs. */
class CodestartSourceTest {

    private static final Path CODESTART = Pages.ROOT
            .resolve("src/codestart/src/main/resources/codestarts/quarkus/pocketflow-codestart/java/src");
    private static final Path RUN = Pages.ROOT.resolve("functions/loop/src/test/java/dev/pocketflow/functions/headline");

    @Test
    void flowOfTheCodestart_isTheFlowThatRuns() {
        assertThat(body(CODESTART.resolve("main/java/org/acme/Headline.java"))).isEqualTo(body(RUN.resolve("Headline.java")));
    }

    @Test
    void testOfTheCodestart_isTheTestThatRuns() {
        assertThat(body(CODESTART.resolve("test/java/org/acme/HeadlineTest.java")))
                .isEqualTo(body(RUN.resolve("HeadlineTest.java")));
    }

    /** A class from its first brace: before that its package and the profile of its test differ. */
    private static String body(Path file) {
        String text = Pages.text(file);
        return text.substring(text.indexOf("\nclass "));
    }
}
