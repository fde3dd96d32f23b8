package dev.pocketflow.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandInProcessTest {

    @Test
    void startFailsWithTheLog_whenTheServerFails() {
        try (StandInProcess unknown = StandInProcess.start("sns")) {
            assertThatThrownBy(unknown::port).isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("The local sns does not start: ").hasMessageContaining("there is no sns");
        }
    }

    @Test
    void processEndsAndDeletesItsFiles_whenWhoStartedItIsGone(@TempDir Path directory) throws Exception {
        Path own = Files.createDirectory(directory.resolve("own"));
        Files.writeString(own.resolve("left"), "x");
        Process process = new ProcessBuilder(StandInProcess.command("sqs", own)).redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.inputReader().readLine()).matches("\\d+");
            process.getOutputStream().close();

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(own).doesNotExist();
        } finally {
            process.destroyForcibly();
        }
    }
}
