package dev.pocketflow.quarkus.deployment.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The versions that the documents name are those of the root pom. */
class ReadmeVersionsTest {

    private static final Path README = Pages.ROOT.resolve("README.md");
    private static final String POM = Pages.text(Pages.ROOT.resolve("pom.xml"));

    private static String property(String name) {
        return first(POM, "<" + name + ">([^<]+)<");
    }

    private static String first(String pom, String regex) {
        return Pattern.compile(regex).matcher(pom).results().findFirst().orElseThrow().group(1);
    }

    @ParameterizedTest
    @CsvSource({ "Quarkus, quarkus.version", "quarkus-langchain4j, quarkus-langchain4j.version",
            "Quarkus MCP Server, quarkus-mcp-server.version", "AWS SDK, awssdk.version" })
    void versionInTheTable_isThatOfThePom(String with, String property) {
        assertThat(Pages.find(README, "^\\| " + with + " \\| (\\S+) \\|").map(row -> row.group(1)))
                .containsExactly(property(property));
    }

    @Test
    void applicationIsCreated_withTheVersionsOfThePoms() {
        String runtime = Pages.text(Pages.ROOT.resolve("src/runtime/pom.xml"));
        String extension = first(POM, "<groupId>([^<]+)<") + ":" + first(runtime, "</parent>\\s*<artifactId>([^<]+)<") + ":"
                + first(POM, "<version>([^<]+)<");

        assertThat(Pages.text(README)).contains("quarkus-maven-plugin:" + property("quarkus.version") + ":create",
                "-Dextensions=" + extension + "\n");
    }

    /** Of dependencies that a document shows. */
    @Test
    void dependency_hasTheVersionOfThePom() throws IOException {
        Set<String> versions = Set.of(first(POM, "<version>([^<]+)<"), property("quarkus-langchain4j.version"),
                property("quarkus-mcp-server.version"));

        assertThat(Pages.blocks("xml").flatMap(block -> Pattern.compile("<version>([^<]+)<").matcher(block.text()).results())
                .map(version -> version.group(1))).isNotEmpty().isSubsetOf(versions);
    }

    /** It has no parent that could name them. */
    @Test
    void applicationOfAUser_hasTheVersionsOfThePoms() {
        String application = Pages.text(Pages.ROOT.resolve("src/it/application/pom.xml"));

        assertThat(application).contains("<quarkus.platform.version>" + property("quarkus.version") + "<",
                "<pocketflow.version>" + first(POM, "<version>([^<]+)<") + "<");
    }
}
