package dev.pocketflow.cloud.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.pocketflow.cloud.HttpCalls;
import dev.pocketflow.cloud.invocation.AsyncInvocation;
import dev.pocketflow.cloud.invocation.InvocationAttempt;
import dev.pocketflow.cloud.invocation.InvokeResult;
import dev.pocketflow.cloud.invocation.LambdaException;

/** Processes that are killed: when their time is over, on demand, and when the lambda is closed. */
class LocalLambdaKillTest {

    @Test
    void killsTheProcessAndStartsAgain_whenTheDeadlinePasses() {
        try (LocalLambda hasty = LocalLambda.builder().function("f", spec -> fake(spec).timeout(Duration.ofSeconds(1)))
                .start()) {
            long pid = pidInTime(hasty);

            InvokeResult late = hasty.invoke("f", "\"hang\"");

            assertThat(late.functionError()).isEqualTo("Unhandled");
            assertThat(HttpCalls.json(late.payload()).path("errorMessage").asText())
                    .endsWith("Task timed out after 1.00 seconds");
            assertThat(HttpCalls.json(late.payload()).path("errorType").asText()).isEqualTo("Sandbox.Timedout");
            assertThat(late.duration()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
            assertThat(late.logTail()).contains("event \"hang\"");
            assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive)).isNotEqualTo(java.util.Optional.of(true));
            assertThat(pidInTime(hasty)).isNotEqualTo(pid);
        }
    }

    @Test
    void eventUnderWayFails_andTheNextHasAnotherProcess_whenTheFunctionIsKilled() throws Exception {
        BlockingQueue<InvocationAttempt> hops = new LinkedBlockingQueue<>();
        try (LocalLambda own = LocalLambda.builder().onAttempt(hops::add)
                .function("f", spec -> fake(spec).concurrency(2).maximumRetryAttempts(0)).start()) {
            long first = pid(own, "f");
            AsyncInvocation hanging = own.invokeAsync("f", "\"hang\"");
            long second = pid(own, "f");

            assertThat(own.kill("f")).isEqualTo(2);

            InvokeResult died = hanging.completion().get(2, TimeUnit.MINUTES);
            assertThat(HttpCalls.json(died.payload()).path("errorType").asText()).isEqualTo("Runtime.ExitError");
            assertThat(died.payload()).contains("signal: killed");
            assertThat(pid(own, "f")).isNotIn(first, second);
            assertThat(hops).extracting(InvocationAttempt::outcome).containsExactly(InvocationAttempt.OK, InvocationAttempt.OK,
                    "Runtime.ExitError", InvocationAttempt.OK);
        }
    }

    @Test
    void nothingIsKilled_whereThereIsNoProcess() {
        try (LocalLambda own = LocalLambda.builder().function("cold", LocalLambdaKillTest::fake)
                .function("here", spec -> spec.handler((event, context) -> event))
                .function("elsewhere", spec -> spec.external()).start()) {
            own.invoke("here", "1");

            assertThat(List.of(own.kill("cold"), own.kill("here"), own.kill("elsewhere"))).containsOnly(0);
            assertThat(own.invoke("here", "2").payload()).isEqualTo("2");
            assertThatThrownBy(() -> own.kill("other")).isInstanceOf(LambdaException.class);
        }
    }

    @Test
    void everythingUnderWayEnds_whenClosed() {
        LocalLambda closing = LocalLambda.builder().function("f", LocalLambdaKillTest::fake).start();
        long pid = pid(closing, "f");
        CompletableFuture<InvokeResult> hanging = CompletableFuture.supplyAsync(() -> closing.invoke("f", "\"hang\""));
        AsyncInvocation queued = closing.invokeAsync("f", "\"hang\"");

        closing.close();

        assertThatThrownBy(hanging::join).hasRootCauseInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        assertThatThrownBy(queued.completion()::join).hasRootCauseInstanceOf(IllegalStateException.class);
        assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive)).isNotEqualTo(java.util.Optional.of(true));
        assertThatThrownBy(() -> closing.invoke("f", "{}")).isInstanceOf(IllegalStateException.class);
    }

    private static FunctionSpec fake(FunctionSpec spec) {
        return spec.command(FakeRuntime.command());
    }

    /** On a busy machine a process may need more than its time for its first event; the next process is asked then. */
    private static long pidInTime(LocalLambda lambda) {
        return Stream.generate(() -> lambda.invoke("f", "{}")).filter(result -> !result.failed()).findFirst()
                .map(result -> HttpCalls.json(result.payload()).path("pid").asLong()).orElseThrow();
    }

    private static long pid(LocalLambda lambda, String function) {
        return HttpCalls.json(lambda.invoke(function, "{}").payload()).path("pid").asLong();
    }
}
