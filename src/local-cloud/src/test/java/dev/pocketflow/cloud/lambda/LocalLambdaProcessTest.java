package dev.pocketflow.cloud.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.cloud.HttpCalls;
import dev.pocketflow.cloud.invocation.InvocationAttempt;
import dev.pocketflow.cloud.invocation.InvokeResult;

/** Real processes: cold and warm, crashed, stuck, and out of bounds. */
class LocalLambdaProcessTest {

    private static LocalLambda lambda;

    @BeforeAll
    static void start() {
        lambda = LocalLambda.builder()
                .function("fake",
                        spec -> fake(spec).concurrency(1).memoryMiB(256).handler("my.handler").env("AWS_REGION", "eu-north-1")
                                .env("MINE",
                                        "yes"))
                .function("init-error", spec -> fake(spec).env("INIT", "error"))
                .function("init-exit", spec -> fake(spec).env("INIT", "exit"))
                .function("init-hang", spec -> fake(spec).env("INIT", "hang").initTimeout(Duration.ofMillis(300)))
                .function("missing", spec -> spec.command("no-such-program"))
                .start();
    }

    @AfterAll
    static void stop() {
        lambda.close();
    }

    @Test
    void answersColdThenWarm_inTheSameProcess() {
        try (LocalLambda fresh = LocalLambda.builder().function("f", LocalLambdaProcessTest::fake).start()) {
            InvokeResult cold = fresh.invoke("f", "{\"a\":1}");
            InvokeResult warm = fresh.invoke("f", "[2]");

            assertThat(cold.failed()).isFalse();
            assertThat(cold.functionError()).isNull();
            assertThat(cold.init()).isGreaterThan(Duration.ofMillis(5));
            assertThat(cold.logTail()).startsWith("starting\nevent {\"a\":1}\n");
            assertThat(warm.init()).isZero();
            assertThat(warm.duration()).isGreaterThan(Duration.ZERO);
            assertThat(warm.logTail()).contains("event [2]").doesNotContain("starting");
            assertThat(HttpCalls.json(warm.payload()).path("pid")).isEqualTo(HttpCalls.json(cold.payload()).path("pid"));
            assertThat(HttpCalls.json(warm.payload()).path("served").asInt()).isEqualTo(2);
            assertThat(warm.requestId()).isNotEqualTo(cold.requestId());
        }
    }

    @Test
    void startsBeforeTheFirstEvent_whenEager() {
        try (LocalLambda eager = LocalLambda.builder().function("f", spec -> fake(spec).eager()).start()) {
            InvokeResult first = eager.invoke("f", "{}");

            assertThat(first.failed()).isFalse();
            assertThat(first.init()).isPositive();
        }
    }

    @Test
    void takesOneEventAtATimeInOneProcess_whenItsConcurrencyIsOne() {
        List<CompletableFuture<InvokeResult>> results = IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> lambda.invoke("fake", Integer.toString(i)))).toList();

        List<JsonNode> answers = results.stream().map(result -> HttpCalls.json(result.join().payload())).toList();

        assertThat(answers).extracting(answer -> answer.path("event").asInt())
                .containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
        assertThat(answers).extracting(answer -> answer.path("pid").asLong()).containsOnly(answers.get(0).path("pid").asLong());
    }

    @Test
    void oneMoreProcessStarts_whenAllAreBusyAndTheLimitAllows() throws Exception {
        try (LocalLambda own = LocalLambda.builder().function("f", spec -> fake(spec).concurrency(2)).start()) {
            long first = pid(own, "f");
            CompletableFuture<InvokeResult> hanging = own.invokeAsync("f", "\"hang\"").completion();

            List<Long> others = List.of(pid(own, "f"), pid(own, "f"), pid(own, "f"));

            assertThat(hanging).isNotDone();
            assertThat(others).doesNotContain(first).containsOnly(others.get(0));
        }
    }

    @Test
    void functionThatInvokesItself_carriesItsChainAlong() throws Exception {
        BlockingQueue<InvocationAttempt> hops = new LinkedBlockingQueue<>();
        try (LocalLambda own = LocalLambda.builder().onAttempt(hops::add)
                .function("f", spec -> fake(spec).recursiveLoop(RecursiveLoop.ALLOW)).start()) {
            own.invokeAsync("f", "\"chain 20\"");

            Set<Integer> chains = new TreeSet<>();
            for (int i = 0; i < 21; i++) {
                InvocationAttempt hop = hops.poll(20, TimeUnit.SECONDS);
                assertThat(hop).isNotNull();
                assertThat(hop.outcome()).isEqualTo(InvocationAttempt.OK);
                chains.add(hop.chain());
            }
            assertThat(chains).containsExactlyElementsOf(IntStream.rangeClosed(1, 21).boxed().toList());
            assertThat(own.deadLetters()).isEmpty();
        }
    }

    @Test
    void failsUnhandledAndLivesOn_whenTheFunctionReportsAnError() {
        long pid = pid("fake");

        InvokeResult failed = lambda.invoke("fake", "\"fail\"");

        assertThat(failed.failed()).isTrue();
        assertThat(failed.functionError()).isEqualTo("Unhandled");
        assertThat(failed.payload()).isEqualTo("{\"errorType\":\"Fake.Failure\",\"errorMessage\":\"as told\"}");
        assertThat(pid("fake")).isEqualTo(pid);
    }

    @ParameterizedTest
    @CsvSource({ "exit 3, Runtime exited with error: exit status 3", "exit 0, Runtime exited without providing a reason",
            "die, Runtime exited with error: signal: killed" })
    void failsWithExitErrorAndStartsAgain_whenTheProcessDies(String event, String message) {
        long pid = pid("fake");

        InvokeResult died = lambda.invoke("fake", "\"" + event + "\"");

        assertThat(died.functionError()).isEqualTo("Unhandled");
        assertThat(HttpCalls.json(died.payload()).path("errorType").asText()).isEqualTo("Runtime.ExitError");
        assertThat(HttpCalls.json(died.payload()).path("errorMessage").asText())
                .isEqualTo("RequestId: " + died.requestId() + " Error: " + message);
        assertThat(pid("fake")).isNotEqualTo(pid);
    }

    @Test
    void answersThenStartsAgain_whenTheProcessEndsAfterItsAnswer() {
        assertThat(lambda.invoke("fake", "\"answer-and-exit\"").payload()).isEqualTo("\"gone\"");

        InvokeResult next = lambda.invoke("fake", "{}");

        assertThat(next.failed()).isFalse();
        assertThat(next.init()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({ "init-error, Fake.NoConfig, cannot start", "init-exit, Runtime.ExitError, exit status 7",
            "init-hang, Sandbox.Timedout, did not ask for the event within 0.30 seconds",
            "missing, Runtime.InvalidEntrypoint, no-such-program" })
    void everyInvocationFails_whenTheProcessCannotStart(String function, String type, String message) {
        for (int attempt = 0; attempt < 2; attempt++) {
            InvokeResult result = lambda.invoke(function, "{}");

            assertThat(result.functionError()).isEqualTo("Unhandled");
            assertThat(HttpCalls.json(result.payload()).path("errorType").asText()).isEqualTo(type);
            assertThat(HttpCalls.json(result.payload()).path("errorMessage").asText()).contains(message);
            assertThat(result.duration()).isZero();
        }
    }

    @Test
    void responseOverSixMiBFails_andTheProcessIsTold() {
        InvokeResult fits = lambda.invoke("fake", "\"size 6291456\"");
        InvokeResult tooLarge = lambda.invoke("fake", "\"size 6291457\"");

        assertThat(fits.payload()).hasSize(6291456);
        assertThat(tooLarge.functionError()).isEqualTo("Unhandled");
        assertThat(tooLarge.payload()).contains("Function.ResponseSizeTooLarge");
        assertThat(lambda.invoke("fake", "{}").failed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({ "AWS_LAMBDA_FUNCTION_NAME, fake", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE, 256",
            "AWS_LAMBDA_FUNCTION_VERSION, $LATEST",
            "_HANDLER, my.handler", "AWS_REGION, eu-north-1", "AWS_DEFAULT_REGION, eu-north-1", "MINE, yes", "HOME, null",
            "AWS_ACCESS_KEY_ID, local", "_X_AMZN_TRACE_ID, null", "AWS_LAMBDA_INITIALIZATION_TYPE, on-demand" })
    void processSeesLambdasEnvironment_andNothingElse(String variable, String value) {
        assertThat(lambda.invoke("fake", "\"env " + variable + "\"").payload()).isEqualTo("\"" + value + "\"");
    }

    @Test
    void processFindsTheInvokeApiAndItsTaskRoot() {
        assertThat(lambda.invoke("fake", "\"env AWS_ENDPOINT_URL_LAMBDA\"").payload())
                .isEqualTo("\"" + lambda.endpoint() + "\"");
        assertThat(lambda.invoke("fake", "\"env LAMBDA_TASK_ROOT\"").payload())
                .isEqualTo("\"" + Path.of("").toAbsolutePath() + "\"");
    }

    @Test
    void bootstrapFileRunsInItsDirectory(@TempDir Path directory) throws Exception {
        Path bootstrap = Files.writeString(directory.resolve("bootstrap"),
                "#!/bin/sh\npwd\nexec '" + String.join("' '", FakeRuntime.command()) + "'\n");
        assertThat(bootstrap.toFile().setExecutable(true)).isTrue();
        try (LocalLambda own = LocalLambda.builder().function("f", spec -> spec.command(bootstrap)).start()) {
            assertThat(own.invoke("f", "\"env LAMBDA_TASK_ROOT\"").payload()).isEqualTo("\"" + directory + "\"");
            assertThat(own.invoke("f", "{}").logTail()).doesNotContain("starting");
        }
    }

    @Test
    void logTailIsTheLast4KiB_whenTheFunctionWritesMuch() {
        assertThat(lambda.invoke("fake", "\"chatter\"").logTail()).hasSize(4096).contains("xend\n").doesNotContain("event");
    }

    private static FunctionSpec fake(FunctionSpec spec) {
        return spec.command(FakeRuntime.command());
    }

    private static long pid(String function) {
        return pid(lambda, function);
    }

    private static long pid(LocalLambda lambda, String function) {
        return HttpCalls.json(lambda.invoke(function, "{}").payload()).path("pid").asLong();
    }
}
