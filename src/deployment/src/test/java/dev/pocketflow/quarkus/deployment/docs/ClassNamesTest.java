package dev.pocketflow.quarkus.deployment.docs;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

/** A class name is used once in the repository, so that a name in a log or a document leads to one file. */
class ClassNamesTest {

    @Test
    void className_isUsedOnce() throws IOException {
        // the project of the codestart is not part of the build: CodestartSourceTest
        Map<String, List<Path>> files = Pages.sources(".java").stream().map(Pages.ROOT::relativize)
                .filter(file -> !file.toString().contains("/codestarts/"))
                .collect(groupingBy(file -> file.getFileName().toString(), toList()));

        assertThat(files).containsKey("Flow.java").hasSizeGreaterThan(300);
        files.remove("package-info.java");
        files.values().removeIf(used -> used.size() == 1);
        assertThat(files).as("the names of several files. Rename one of each").isEmpty();
    }
}
