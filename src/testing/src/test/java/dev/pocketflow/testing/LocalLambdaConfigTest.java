package dev.pocketflow.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

class LocalLambdaConfigTest {

    @Test
    void refusesASetting_outsideItsBounds() {
        refused(spec -> spec.timeout(Duration.ZERO), "timeout must be longer than zero, was PT0S");
        refused(spec -> spec.timeout(Duration.ofMinutes(16)), "timeout must be at most PT15M, was PT16M");
        refused(spec -> spec.initTimeout(Duration.ofSeconds(-1)), "initTimeout must be longer than zero, was PT-1S");
        refused(spec -> spec.memoryMiB(64), "memoryMiB must be from 128 to 10240, was 64");
        refused(spec -> spec.memoryMiB(10_241), "memoryMiB must be from 128 to 10240, was 10241");
        refused(spec -> {
        }, "Function f needs either a command or external()");
        refused(spec -> spec.command("x").external(), "Function f needs either a command or external()");
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

    private static void refused(Consumer<FunctionSpec> configure, String message) {
        assertThatThrownBy(() -> LocalLambda.builder().function("f", configure)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
