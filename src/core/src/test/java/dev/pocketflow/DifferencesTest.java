package dev.pocketflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** The page of differences names a test for each, which must not rot. */
class DifferencesTest {

    private static final Pattern NAME = Pattern.compile("`(\\w+)\\.(\\w+)`");

    static List<String> rows() throws IOException {
        try (Stream<String> lines = Files.lines(Paths.get("../docs/differences.md"))) {
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
            Class<?> type = Class.forName("dev.pocketflow." + name.group(1));
            assertThat(type.getDeclaredMethods()).as(name.group()).anyMatch(method -> isTest(method, name.group(2)));
        }
    }

    private static boolean isTest(Method method, String name) {
        return method.getName().equals(name) && AnnotationSupport.isAnnotated(method, Testable.class);
    }
}
