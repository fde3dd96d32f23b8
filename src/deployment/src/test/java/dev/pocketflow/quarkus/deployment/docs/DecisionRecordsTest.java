package dev.pocketflow.quarkus.deployment.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The architecture decision records and their index. */
class DecisionRecordsTest {

    private static final Path RECORDS = Pages.ROOT.resolve("src/docs/adr");

    private static List<Path> records() throws IOException {
        try (Stream<Path> files = Files.list(RECORDS)) {
            return files.filter(file -> file.getFileName().toString().matches("\\d{4}-.*\\.md")).sorted().toList();
        }
    }

    private static MatchResult match(Path record, String regex) {
        return Pages.find(record, regex).findFirst()
                .orElseThrow(() -> new AssertionError(record.getFileName() + " has no line that matches " + regex));
    }

    @Test
    void records_areNumberedWithoutGap_inNameAndHeading() throws IOException {
        List<Path> records = records();

        for (int i = 0; i < records.size(); i++) {
            assertThat(records.get(i).getFileName().toString()).startsWith("%04d-".formatted(i + 1));
            assertThat(match(records.get(i), "^# (\\d+)\\. ").group(1)).isEqualTo(Integer.toString(i + 1));
        }
    }

    @Test
    void index_listsEachRecordWithItsStatus() throws IOException {
        Map<String, String> statuses = new TreeMap<>();
        for (Path record : records()) {
            statuses.put(record.getFileName().toString(),
                    match(record, "^Status: (proposed|accepted|amended|superseded|rejected)\\b").group(1));
        }
        Map<String, String> index = Pages
                .find(RECORDS.resolve("README.md"), "^\\| \\[\\d+\\]\\(([^)]+)\\) \\| .* \\| (\\w+) \\|$")
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));

        assertThat(statuses).hasSizeGreaterThan(7);
        assertThat(index).containsExactlyInAnyOrderEntriesOf(statuses);
    }
}
