package dev.pocketflow.cloud.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class StandInProcessTest {

    @Test
    void startFailsWithTheLog_whenTheServerFails() {
        try (StandInProcess unknown = StandInProcess.start("sns")) {
            assertThatThrownBy(unknown::port).isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("The local sns does not start: ").hasMessageContaining("there is no sns");
        }
    }

    @Test
    void processEndsAndDeletesItsFiles_whenWhoStartedItIsGone(@TempDir Path directory) throws Exception {
        assertEndsAndDeletesItsFiles(own -> StandInProcess.java("sqs", own), directory);
    }

    /** Asserts that a process ends and deletes its files: otherwise a killed test would leave it running. */
    public static void assertEndsAndDeletesItsFiles(Function<Path, List<String>> command, Path directory) throws Exception {
        Path own = Files.createDirectory(directory.resolve("own"));
        Files.writeString(own.resolve("left"), "x");
        Process process = new ProcessBuilder(command.apply(own))
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            assertThat(process.inputReader().readLine()).matches("\\d+");
            process.getOutputStream().close();

            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(own).doesNotExist();
        } finally {
            process.destroyForcibly();
        }
    }
}
