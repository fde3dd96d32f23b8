package dev.pocketflow.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import dev.pocketflow.cloud.invocation.InvocationAttempt;
import dev.pocketflow.cloud.lambda.FunctionSpec;
import dev.pocketflow.cloud.lambda.LocalLambda;
import dev.pocketflow.cloud.lambda.RecursiveLoop;

/**
 * W5: compares a run of 1,000 hops over a native executable with as many asynchronous invocations of a bare one. Both run one
 * after the other in the same local Lambda.
 */
public final class HopsBench {

    private static final int HOPS = 1_000;
    private static final double MOST = 1.2;
    private static final double MILLIS_MORE = 1;
    private static final BlockingQueue<InvocationAttempt> OVER = new LinkedBlockingQueue<>();

    private HopsBench() {
    }

    /** @param args {@code --quick} for a short run whose figures are only a rough indication */
    public static void main(String[] args) throws InterruptedException, IOException {
        Image bare = Image.of(Image.NATIVE, Image.LAMBDA).get(Image.BARE);
        Path loop = Image.LOOP;
        if (bare == null || !Files.exists(loop)) {
            System.out.println("W5 is left out: there are no executables");
            return;
        }
        int rounds = List.of(args).contains("--quick") ? 3 : 7;
        double[] limits = new double[rounds];
        double[] hops = new double[rounds];
        double[] over = new double[rounds];
        try (LocalLambda lambda = LocalLambda.builder().onAttempt(OVER::add)
                .function("bare", spec -> warm(spec.command(bare.path())))
                .function("loop", spec -> warm(spec.command(loop)).recursiveLoop(RecursiveLoop.ALLOW)
                        .env("QUARKUS_POCKETFLOW_HAND_OVER", "lambda").env("QUARKUS_POCKETFLOW_BUDGET_STEPS", "1")
                        .env("QUARKUS_POCKETFLOW_LOG_STEPS", "false").env("QUARKUS_LOG_LEVEL", "WARN"))
                .start()) {
            bare(lambda); // warms up, and is not counted
            chain(lambda);
            for (int round = 0; round < rounds; round++) {
                limits[round] = millis(() -> bare(lambda));
                hops[round] = millis(() -> chain(lambda));
                over[round] = hops[round] - MOST * limits[round];
                System.out.printf("bare invoke %.3f ms, hop %.3f ms: %.2f%n", limits[round], hops[round],
                        hops[round] / limits[round]);
            }
        }
        Result.write(Path.of("src/bench/target/hops.json"), List.of(
                Result.of("W5 hop", Result.LIMIT, "ms", limits, limits), Result.of("W5 hop", Result.OURS, "ms", hops, limits)));
        double median = Quantiles.of(over).median();
        System.out.printf("median of hop - %.1f x bare: %.3f ms, target %.0f%n", MOST, median, MILLIS_MORE);
    }

    private static FunctionSpec warm(FunctionSpec spec) {
        return spec.env(Image.KEY_VARIABLE, Image.KEY).timeout(Duration.ofSeconds(60)).initTimeout(Duration.ofSeconds(60));
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private static double millis(Work work) throws InterruptedException {
        OVER.clear();
        long begun = System.nanoTime();
        work.run();
        return (System.nanoTime() - begun) / 1e6 / HOPS;
    }

    private static void bare(LocalLambda lambda) throws InterruptedException {
        for (int i = 0; i < HOPS; i++) {
            lambda.invokeAsync("bare", "{\"count\":0}");
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
        InvocationAttempt hop = OVER.take();
        if (!hop.outcome().equals(InvocationAttempt.OK)) {
            throw new IllegalStateException(hop.function() + ": " + hop.outcome());
        }
    }
}
