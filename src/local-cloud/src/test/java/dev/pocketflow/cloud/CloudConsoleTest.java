package dev.pocketflow.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.pocketflow.cloud.invocation.AsyncInvocation;
import dev.pocketflow.cloud.invocation.InvocationAttempt;

class CloudConsoleTest {

    private final LocalCloud cloud = LocalCloud.builder()
            .function("echo", spec -> spec.handler((event, context) -> event))
            .function("failing", spec -> spec.maximumRetryAttempts(0).handler((event, context) -> {
                throw new IllegalStateException("as told");
            })).start();

    @AfterEach
    void close() {
        cloud.close();
    }

    @Test
    void invocationShowsItsAnswer(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("event.json"), "[1,\n2]");

        assertThat(said("invoke echo {\"a\": 1 }")).isEqualTo("{\"a\": 1 }\n");
        assertThat(said("invoke echo @" + file)).isEqualTo("[1,\n2]\n");
        assertThat(said("invoke failing {}")).contains("\"errorMessage\":\"as told\"");
        assertThat(said("send echo {}")).matches("accepted as [0-9a-f-]{36}\n");
    }

    @Test
    void refusalIsSaid_andTheNextCommandObeyed() throws Exception {
        assertThat(
                said("invoke none {}\ninvoke echo {oops\ninvoke echo @no/such/file\nqueue q x\ndead 1\ndead x\ninvoke echo 1"))
                .contains("Function not found: none; there are [echo, failing]\n", "Could not parse request body into json",
                        "there is no file no/such/file\n", "This cloud has no queue",
                        "there are 0 events given up on, and no 1\n", "and no x\n")
                .endsWith("\n1\n");
    }

    @Test
    void deadLettersAreListedShownAndSentAgain() throws Exception {
        assertThat(said("dead")).isEqualTo("no event was given up on\n");
        AsyncInvocation accepted = cloud.lambda().invokeAsync("failing", "{\"n\":1}");
        accepted.completion().get(2, TimeUnit.MINUTES);

        assertThat(said("dead")).isEqualTo("1 failing " + accepted.requestId()
                + " RetriesExhausted after 1 attempts: java.lang.IllegalStateException, as told\n");
        assertThat(HttpCalls.json(said("dead 1")).path("requestPayload")).isEqualTo(HttpCalls.json("{\"n\":1}"));
        assertThat(said("again 1")).startsWith("accepted as ");
    }

    @Test
    void helpIsSaid_forAnythingElse_andNothingAfterQuit() throws Exception {
        assertThat(said("what?")).isEqualTo(CloudConsole.HELP + "\n");
        assertThat(said("invoke echo")).isEqualTo(CloudConsole.HELP + "\n");
        assertThat(said("quit\ninvoke echo 1")).isEmpty();
    }

    @Test
    void hopIsOneLine() {
        InvocationAttempt warm = new InvocationAttempt(Instant.parse("2026-01-01T00:00:00Z"), "writer", "id", 3, 1,
                Duration.ZERO,
                Duration.ofNanos(12_440_000),
                InvocationAttempt.OK, "{}");
        InvocationAttempt cold = new InvocationAttempt(Instant.parse("2026-01-01T00:00:00Z"), "writer", "id", 1, 2,
                Duration.ofMillis(21),
                Duration.ofMillis(5),
                "Sandbox.Timedout", "{}");

        assertThat(CloudConsole.line(warm)).matches("\\d\\d:00:00\\.000 writer id chain 3 attempt 1 12\\.4 ms ok");
        assertThat(CloudConsole.line(cold))
                .endsWith("writer id chain 1 attempt 2 5.0 ms (after a start of 21 ms) Sandbox.Timedout");
    }

    private String said(String commands) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new CloudConsole(cloud, new BufferedReader(new StringReader(commands)),
                new PrintStream(out, true, StandardCharsets.UTF_8))
                .run();
        return out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
