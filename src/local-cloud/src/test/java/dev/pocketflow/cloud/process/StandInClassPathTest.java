package dev.pocketflow.cloud.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.pocketflow.cloud.sqs.LocalSqs;

class StandInClassPathTest {

    private static final List<String> JARS = List.of("a/a.jar", "b/b.jar");

    @Test
    void everyJarIsThere_andThisModuleIsTheFirst() {
        List<String> entries = List.of(StandInClassPath.get().split(File.pathSeparator));

        assertThat(entries.get(0)).isEqualTo(StandInClassPath.location(LocalSqs.class).toString());
        assertThat(entries).allMatch(entry -> Files.exists(Path.of(entry)));
        assertThat(entries).anyMatch(entry -> entry.contains("elasticmq-rest-sqs"))
                .anyMatch(entry -> entry.contains("s3mock"));
    }

    /** Its licence is its vendor's own. */
    @Test
    void amazonsDynamoDbIsNotThere() {
        assertThat(StandInClassPath.get() + System.getProperty("java.class.path")).doesNotContain("DynamoDBLocal");
    }

    @Test
    void ownClassPathHasNothingOfThem() {
        assertThat(System.getProperty("java.class.path")).doesNotContain("elasticmq", "scala", "s3mock", "spring",
                "kotlin-stdlib-2.4");
    }

    @Test
    void repositoryIsTheFirstThatHasAllJars(@TempDir Path part, @TempDir Path whole) throws Exception {
        create(part, "a/a.jar");
        create(whole, "a/a.jar");
        create(whole, "b/b.jar");

        assertThat(StandInClassPath.repository(JARS, List.of(part, whole))).isEqualTo(whole);
    }

    @Test
    void refusalSaysWhereItLookedAndWhatToDo(@TempDir Path part) throws Exception {
        create(part, "a/a.jar");

        assertThatThrownBy(() -> StandInClassPath.repository(JARS, List.of(part))).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("b/b.jar").hasMessageContaining(part.toString())
                .hasMessageContaining("-Dmaven.repo.local");
    }

    private static void create(Path repository, String jar) throws Exception {
        Files.createDirectories(repository.resolve(jar).getParent());
        Files.createFile(repository.resolve(jar));
    }
}
