package dev.pocketflow.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.pocketflow.cloud.lambda.FakeRuntime;

class CloudOptionsTest {

    @Test
    void commandRunsWithItsSettings() {
        try (LocalCloud cloud = parse("--env", "MINE=a=b", "--env", "THEIRS", "--timeout", "20", "--concurrency", "1", "f")
                .start()) {
            assertThat(cloud.lambda().invoke("f", "\"env MINE\"").payload()).isEqualTo("\"a=b\"");
            assertThat(cloud.lambda().invoke("f", "\"env THEIRS\"").payload()).isEqualTo("\"from the shell\"");
            assertThat(cloud.lambda().concurrency("f")).isOne();
            assertThatThrownBy(cloud::sqs).isInstanceOf(IllegalStateException.class);
        }
    }

    /** Functions that share no runs have keys of their own. */
    @Test
    void variableOfOneFunction_isItsAlone_andGoesBeforeThatOfAll() {
        try (LocalCloud cloud = parse("--env", "f:MINE=f", "--env", "MINE=all", "--env", "f:THEIRS", "f").start()) {
            assertThat(cloud.lambda().invoke("f", "\"env MINE\"").payload()).isEqualTo("\"f\"");
            assertThat(cloud.lambda().invoke("f", "\"env THEIRS\"").payload()).isEqualTo("\"from the shell\"");
        }
        assertThatThrownBy(() -> parse("--env", "g:MINE=g", "f")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--env g:…: there is no function g");
    }

    @Test
    void schedulerIsThere_whereItIsAskedFor() {
        try (LocalCloud cloud = parse("--scheduler", "f").start()) {
            assertThat(cloud.lambda().invoke("f", "\"env AWS_ENDPOINT_URL_SCHEDULER\"").payload())
                    .isEqualTo("\"" + cloud.scheduler().endpoint() + "\"");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = { "''; there is no function", "--queue q; there is no function",
            "--nonsense; there is no option --nonsense", "--timeout; --timeout needs a value",
            "--timeout x; --timeout must be a number, was x", "f; a function must be of the form NAME=…, was f",
            "f=; a function must be of the form NAME=…, was f=", "f=no/such/file; no/such/file is not an executable file",
            "f --; there is no command after --", "--source q f=x; --source must be of the form NAME=…, was q",
            "--env NONE; '--env NONE: this shell has no such variable; export it'",
            "--concurrency 0 f -- x; concurrency must be from 1 to 1000, was 0" })
    void refusalSaysWhatIsWrong(String arguments, String message) {
        assertThatThrownBy(
                () -> CloudOptions.parse(arguments.isEmpty() ? List.of() : List.of(arguments.split(" ")), name -> null))
                .isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void fileIsAFunction(@TempDir Path directory) throws Exception {
        Path bootstrap = Files.writeString(directory.resolve("bootstrap"),
                "#!/bin/sh\nexec '" + String.join("' '", FakeRuntime.command()) + "'\n");
        assertThatThrownBy(() -> CloudOptions.parse(List.of("f=" + bootstrap), name -> null))
                .hasMessageEndingWith("is not an executable file");
        assertThat(bootstrap.toFile().setExecutable(true)).isTrue();

        try (LocalCloud cloud = CloudOptions.parse(List.of("f=" + bootstrap), name -> null).start()) {
            assertThat(cloud.lambda().invoke("f", "1").failed()).isFalse();
        }
    }

    private static LocalCloud.Builder parse(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.add("--");
        all.addAll(List.of(FakeRuntime.command()));
        return CloudOptions.parse(all, Map.of("THEIRS", "from the shell")::get);
    }
}
