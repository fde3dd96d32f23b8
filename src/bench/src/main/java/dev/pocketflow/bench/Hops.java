package dev.pocketflow.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import dev.pocketflow.testing.FunctionSpec;
import dev.pocketflow.testing.Hop;
import dev.pocketflow.testing.LocalLambda;
import dev.pocketflow.testing.RecursiveLoop;

/**
 * A run of 1,000 hops over a native executable, against as many asynchronous invocations of an empty one, one after the other
 * in the
 * same local Lambda. Prints both and the ratio of each round; the exit code is 1 where the median misses the target.
 */
public final class Hops {

    private static final int HOPS = 1_000;
    private static final BlockingQueue<Hop> OVER = new LinkedBlockingQueue<>();

    private Hops() {
    }

    /** @param args the executables: of the empty function, and of functions/loop for Lambda; then the rounds */
    public static void main(String[] args) throws InterruptedException {
        int rounds = Integer.parseInt(args[2]);
        double[] over = new double[rounds];
        try (LocalLambda lambda = LocalLambda.builder().onHop(OVER::add)
                .function("empty", spec -> warm(spec.command(Path.of(args[0]))))
                .function("loop", spec -> warm(spec.command(Path.of(args[1]))).recursiveLoop(RecursiveLoop.ALLOW)
                        .env("POCKETFLOW_ENVELOPE_KEYS_K1", "dGhpcyBrZXkgaXMgZm9yIHRlc3RzIGFuZCBub3RoaW5nIGVsc2U=")
                        .env("POCKETFLOW_HAND_OVER", "lambda").env("POCKETFLOW_BUDGET_STEPS", "1")
                        .env("POCKETFLOW_LOG_STEPS", "false").env("QUARKUS_LOG_LEVEL", "WARN"))
                .start()) {
            for (int round = -1; round < rounds; round++) { // the first is not counted
                double bare = micros(() -> bare(lambda));
                double hop = micros(() -> chain(lambda));
                System.out.printf("%sbare invoke %.0f us, hop %.0f us, target %.0f us%n", round < 0 ? "(warm-up) " : "", bare,
                        hop, 1.5 * bare + 1000);
                if (round >= 0) {
                    over[round] = hop - 1.5 * bare;
                }
            }
        }
        Arrays.sort(over);
        System.out.printf("median of hop - 1.5 x bare: %.0f us, target 1000 us%n", over[rounds / 2]);
        System.exit(over[rounds / 2] <= 1000 ? 0 : 1);
    }

    private static FunctionSpec warm(FunctionSpec spec) {
        return spec.timeout(Duration.ofSeconds(60)).initTimeout(Duration.ofSeconds(60));
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private static double micros(Work work) throws InterruptedException {
        OVER.clear();
        long begun = System.nanoTime();
        work.run();
        return (System.nanoTime() - begun) / 1e3 / HOPS;
    }

    private static void bare(LocalLambda lambda) throws InterruptedException {
        for (int i = 0; i < HOPS; i++) {
            lambda.invokeAsync("empty", "{\"until\":1000}");
            over();
        }
    }

    private static void chain(LocalLambda lambda) throws InterruptedException {
        lambda.invokeAsync("loop", "{\"until\":" + HOPS + "}");
        for (int i = 0; i < HOPS; i++) {
            over();
        }
    }

    private static void over() throws InterruptedException {
        Hop hop = OVER.take();
        if (!hop.outcome().equals(Hop.OK)) {
            throw new IllegalStateException(hop.function() + ": " + hop.outcome());
        }
    }
}
