package dev.pocketflow.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import dev.pocketflow.cloud.lambda.FakeRuntime;

/**
 * infra/local/cloud as a person has it: one process, lines in, lines out. It looks for processes that are left, so it runs
 * alone.
 */
@Isolated
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it is a shell script")
class CloudScriptTest {

    private static final Path SCRIPT = Path.of("../../infra/local/cloud").toAbsolutePath().normalize();

    @TempDir
    Path directory;

    @Test
    void functionIsInvokedAndItsHopsAreShown_untilTheInputEnds() throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--env", "MINE=yes", "--retries", "0", "--queue", "jobs", "f", "--"));
        arguments.addAll(List.of(FakeRuntime.command()));

        String said = run(0,
                "invoke f \"env MINE\"\nqueue jobs hello\ninvoke f \"fail\"\ninvoke f \"header Lambda-Runtime-Trace-Id\"\n",
                arguments);

        assertThat(said)
                .contains("f is at http://127.0.0.1:", "Lambda is at http://127.0.0.1:", ", SQS at http://127.0.0.1:",
                        "\"yes\"\n", "message ")
                .containsPattern("f [0-9a-f-]{36} chain 1 attempt 1 [0-9.]+ ms \\(after a start of \\d+ ms\\) ok\n")
                .containsPattern("f [0-9a-f-]{36} chain 1 attempt 1 [0-9.]+ ms Fake\\.Failure\n")
                .containsPattern("\"Root=.*;Lineage=1:[0-9a-f]{8}:0\"\n");
        assertThat(ProcessHandle.current().descendants().map(ProcessHandle::info)
                .filter(info -> info.commandLine().orElse("").contains(FakeRuntime.class.getName()))).isEmpty();
    }

    @Test
    void usageIsShown_forAWrongCommandLine() throws Exception {
        assertThat(run(2, "", List.of("--nonsense")))
                .startsWith("cloud: there is no option --nonsense\nusage: cloud [options]");
    }

    private String run(int status, String input, List<String> arguments) throws IOException, InterruptedException {
        Path in = Files.writeString(directory.resolve("in"), input);
        Path out = directory.resolve("out");
        List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectInput(in.toFile()).redirectErrorStream(true)
                .redirectOutput(out.toFile()).start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(() -> "ended").isTrue();
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(out, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(said).isEqualTo(status);
        return said;
    }
}
