package dev.pocketflow.cloud.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it frees a port and takes it again")
class LocalLambdaConfigTest {

    @Test
    void refusesASetting_outsideItsBounds() {
        refused(spec -> spec.timeout(Duration.ZERO), "timeout must be longer than zero, was PT0S");
        refused(spec -> spec.timeout(Duration.ofMinutes(16)), "timeout must be at most PT15M, was PT16M");
        refused(spec -> spec.initTimeout(Duration.ofSeconds(-1)), "initTimeout must be longer than zero, was PT-1S");
        refused(spec -> spec.memoryMiB(64), "memoryMiB must be from 128 to 10240, was 64");
        refused(spec -> spec.memoryMiB(10_241), "memoryMiB must be from 128 to 10240, was 10241");
        refused(spec -> spec.concurrency(0), "concurrency must be from 1 to 1000, was 0");
        refused(spec -> spec.concurrency(1_001), "concurrency must be from 1 to 1000, was 1001");
        refused(spec -> spec.maximumRetryAttempts(-1), "maximumRetryAttempts must be from 0 to 2, was -1");
        refused(spec -> spec.maximumRetryAttempts(3), "maximumRetryAttempts must be from 0 to 2, was 3");
        refused(spec -> spec.maximumEventAge(Duration.ofSeconds(59)), "maximumEventAge must be from PT1M to PT6H, was PT59S");
        refused(spec -> spec.maximumEventAge(Duration.ofHours(7)), "maximumEventAge must be from PT1M to PT6H, was PT7H");
        refused(spec -> {
        }, "Function f needs either a command, a handler or external()");
        refused(spec -> spec.command("x").handler((event, context) -> event),
                "Function f needs either a command, a handler or external()");
        refused(spec -> spec.command("x").external(), "Function f needs either a command, a handler or external()");
    }

    @Test
    void refusesAName_thatIsTakenOrIsNone() {
        LocalLambda.Builder builder = LocalLambda.builder().function("f", FunctionSpec::external);

        assertThatThrownBy(() -> builder.function("f", FunctionSpec::external)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is a function f already");
        assertThatThrownBy(() -> builder.function("a b", FunctionSpec::external)).hasMessageEndingWith("was a b");
        assertThatThrownBy(() -> builder.retryDelays(Duration.ZERO, Duration.ZERO, Duration.ZERO))
                .hasMessage("retryDelays must be at most 2, were 3");
    }

    @Test
    void externalFunctionIsAwaitedOnItsPort_andNothingStaysBehindWhenThatIsTaken() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            port = taken.getLocalPort();
            assertThatThrownBy(() -> LocalLambda.builder().function("f", spec -> spec.external(port)).start())
                    .isInstanceOf(UncheckedIOException.class).hasMessageContaining("127.0.0.1:" + port);
        }
        try (LocalLambda lambda = LocalLambda.builder().function("f", spec -> spec.external(port))
                .function("g", spec -> spec.command("x")).start()) {
            assertThat(lambda.runtimeApi("f")).isEqualTo("127.0.0.1:" + port);
            assertThatThrownBy(() -> lambda.runtimeApi("g")).isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("Function g is not external");
        }
    }

    @Test
    void refusesToStart_whenDeadLettersHaveNowhereToGo() {
        LocalLambda.Builder queue = LocalLambda.builder().function("f", spec -> spec.command("x").deadLetterQueue("q"));
        LocalLambda.Builder record = LocalLambda.builder()
                .function("f", spec -> spec.command("x").onFailure(Destination.queue("q")));
        LocalLambda.Builder function = LocalLambda.builder()
                .function("f", spec -> spec.command("x").onFailure(Destination.function("g")));

        assertThatThrownBy(queue::start).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Function f sends what fails to a queue, but there is no sqs(endpoint)");
        assertThatThrownBy(record::start).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(function::start).hasMessage("Function f sends what fails to function g; there are [f]");
    }

    private static void refused(Consumer<FunctionSpec> configure, String message) {
        assertThatThrownBy(() -> LocalLambda.builder().function("f", configure)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
