package dev.pocketflow.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandInProcessTest {

    @Test
    void startFailsWithTheLog_whenTheServerFails() {
        try (StandInProcess unknown = StandInProcess.start("sns")) {
            assertThatThrownBy(unknown::port).isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("The local sns does not start: ").hasMessageContaining("there is no sns");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "sqs", "dynamodb" })
    void processEndsAndDeletesItsFiles_whenWhoStartedItIsGone(String service, @TempDir Path directory) throws Exception {
        assumeTrue(service.equals("sqs") || LocalDynamo.missing().isEmpty(), () -> LocalDynamo.missing().orElse(""));
        Path own = Files.createDirectory(directory.resolve("own"));
        Files.writeString(own.resolve("left"), "x");
        Process process = new ProcessBuilder(StandInProcess.command(service, own))
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
