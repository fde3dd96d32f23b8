package dev.pocketflow.cloud.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

import com.sun.management.OperatingSystemMXBean;

/**
 * The emulator's own share of an invocation, which must not hide the functions' share. The bound leaves room for a busy
 * machine.
 */
@Isolated("it counts what the whole JVM does")
class LocalLambdaSpeedTest {

    private static final int INVOCATIONS = 10_000;
    private static final double BOUND_MILLIS = 0.5;

    @Test
    void emptyHandlerTakesLittleTime_sync() {
        try (LocalLambda lambda = LocalLambda.builder().function("f", spec -> spec.handler((event, context) -> event))
                .start()) {
            long started = cpuNanos();
            for (int i = 0; i < INVOCATIONS; i++) {
                lambda.invoke("f", "{}");
            }
            assertThat(millisEach("sync", started)).isLessThan(BOUND_MILLIS);
        }
    }

    @Test
    void emptyHandlerTakesLittleTime_async() throws Exception {
        try (LocalLambda lambda = LocalLambda.builder().function("f", spec -> spec.handler((event, context) -> event))
                .start()) {
            long started = cpuNanos();
            CompletableFuture.allOf(IntStream.range(0, INVOCATIONS).mapToObj(i -> lambda.invokeAsync("f", "{}").completion())
                    .toArray(CompletableFuture[]::new)).get(2, TimeUnit.MINUTES);
            assertThat(millisEach("async", started)).isLessThan(BOUND_MILLIS);
        }
    }

    @Test
    void emptyHandlerTakesLittleTime_inAChain() throws Exception {
        CompletableFuture<Void> end = new CompletableFuture<>();
        try (LocalLambda lambda = LocalLambda.builder().function("f", spec -> spec.recursiveLoop(RecursiveLoop.ALLOW)
                .handler((event, context) -> {
                    int left = Integer.parseInt(new String(event, StandardCharsets.UTF_8));
                    if (left == 0) {
                        end.complete(null);
                    } else {
                        context.invokeAsync("f", Integer.toString(left - 1));
                    }
                    return event;
                })).start()) {
            long started = cpuNanos();
            lambda.invokeAsync("f", Integer.toString(INVOCATIONS));
            end.get(2, TimeUnit.MINUTES);
            assertThat(millisEach("chain", started)).isLessThan(BOUND_MILLIS);
        }
    }

    /** {@return the time that this process has had on a processor, which the machine's other load does not add to} */
    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static double millisEach(String kind, long startedNanos) {
        double millis = (cpuNanos() - startedNanos) / 1e6 / INVOCATIONS;
        System.out.printf("%,d %s invocations of an empty handler: %.3f ms each%n", INVOCATIONS, kind, millis);
        return millis;
    }
}
