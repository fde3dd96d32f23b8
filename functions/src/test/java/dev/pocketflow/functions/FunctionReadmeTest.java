package dev.pocketflow.functions;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;

/**
 * The README of a function shows its graph as the function answers it, and its inputs are accepted. Every function of this
 * folder
 * runs this class.
 */
@QuarkusTest
class FunctionReadmeTest {

    private static final Path README = Path.of("README.md");
    private static final Pattern GRAPH = Pattern.compile("(?<=```mermaid\n).*?(?=\n```)", Pattern.DOTALL);
    private static final Pattern INPUT = Pattern.compile("(?<= -d ')[^']+(?=')");
    /** Writes the graph into the README, in place of the comparison. */
    private static final boolean WRITE = Boolean.getBoolean("readme.write");

    /** {@return the inputs that the README shows, as {@code curl} sends them} */
    static List<String> inputs() throws IOException {
        return INPUT.matcher(Files.readString(README)).results().map(MatchResult::group).toList();
    }

    @Test
    void graphInReadme_isThatOfTheFunction() throws IOException {
        String graph = given().accept("text/vnd.mermaid").get("/flow").then().statusCode(200).extract().asString().strip();
        String readme = Files.readString(README);
        Matcher shown = GRAPH.matcher(readme);

        assertThat(shown.find()).as("%s has a block of mermaid", README.toAbsolutePath()).isTrue();
        if (WRITE) {
            Files.writeString(README, shown.replaceFirst(Matcher.quoteReplacement(graph)));
        } else {
            assertThat(shown.group()).as("the graph in README.md. Update it: ./mvnw test -Dreadme.write=true "
                    + "-Dtest=FunctionReadmeTest "
                    + "-Dsurefire.failIfNoSpecifiedTests=false -am -pl functions/%s",
                    README.toAbsolutePath().getParent().getFileName()).isEqualTo(graph);
        }
    }

    @Test
    void inputsInReadme_areAccepted() throws IOException {
        assertThat(inputs()).isNotEmpty().allSatisfy(input -> given().contentType("application/json").body(input).post("/")
                .then().statusCode(anyOf(is(200), is(202))));
    }
}
