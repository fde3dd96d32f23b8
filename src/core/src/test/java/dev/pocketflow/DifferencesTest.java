package dev.pocketflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** Checks that each test named by the page of differences exists. */
class DifferencesTest {

    private static final Pattern NAME = Pattern.compile("`(\\w+)\\.(\\w+)`");
    /** The modules that build on this one. Their tests are not on this class path. */
    private static final List<String> OTHERS = List.of("../runtime", "../deployment");

    static List<String> rows() throws IOException {
        try (Stream<String> lines = Files.lines(Paths.get("../docs/explanation/differences.md"))) {
            return lines.filter(line -> line.startsWith("|") && !line.startsWith("| rule |") && !line.startsWith("|---"))
                    .toList();
        }
    }

    @Test
    void page_hasRows() throws IOException {
        assertThat(rows()).hasSizeGreaterThan(30);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void row_namesTestsThatExist(String row) throws Exception {
        String[] cells = row.split("\\|", -1);
        assertThat(cells).as("cells of " + row).hasSize(6);
        List<MatchResult> names = NAME.matcher(cells[4]).results().toList();

        assertThat(names).as("tests in " + row).isNotEmpty();
        for (MatchResult name : names) {
            assertThat(exists(name.group(1), name.group(2))).as(name.group() + " exists").isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({ "NoSuchTest, row_namesTestsThatExist", "DifferencesTest, noSuchMethod", "DifferencesTest, rows",
            "RetryTest, noSuchMethod", "RetryTest, maxRetries_excludes", "RetryTest, fail",
            "Retry, maxRetries_excludesTheFirstAttempt",
            "App, started" })
    void nameOfNoTest_isNotFound(String type, String method) throws IOException {
        assertThat(exists(type, method)).isFalse();
    }

    private static boolean exists(String type, String method) throws IOException {
        try {
            return Stream.of(Class.forName("dev.pocketflow." + type).getDeclaredMethods())
                    .anyMatch(each -> isTest(each, method));
        } catch (ClassNotFoundException e) {
            List<Path> sources = sources(type + ".java");
            return sources.size() == 1 && isTest(Files.readString(sources.get(0)), method);
        }
    }

    private static boolean isTest(Method method, String name) {
        return method.getName().equals(name) && AnnotationSupport.isAnnotated(method, Testable.class);
    }

    /** A file name in two modules would be ambiguous. */
    private static List<Path> sources(String file) throws IOException {
        try (Stream<Path> all = Stream.concat(tests(OTHERS.get(0)), tests(OTHERS.get(1)))) {
            return all.filter(path -> path.getFileName().toString().equals(file)).toList();
        }
    }

    private static Stream<Path> tests(String module) throws IOException {
        return Files.walk(Paths.get(module, "src", "test", "java"));
    }

    private static boolean isTest(String source, String name) {
        return Pattern.compile("@(\\w*Test|Property)\\b[^;]*\\bvoid " + name + "\\(").matcher(source).find();
    }
}
