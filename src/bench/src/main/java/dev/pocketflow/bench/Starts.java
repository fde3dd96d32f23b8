package dev.pocketflow.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.pocketflow.testing.InvokeResult;
import dev.pocketflow.testing.LocalLambda;

/**
 * W4: from the start of a process to its first answer, of a flow of three nodes and of a bare function that does the same. They
 * take turns.
 */
public final class Starts {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double MEBI = 1024 * 1024;

    private final int rounds;
    private final String state = JSON.writeValueAsString(State.make());
    private final List<Result> results = new ArrayList<>();

    private Starts(int rounds) throws IOException {
        this.rounds = rounds;
    }

    /** @param args {@code --quick} for a look instead of a measurement */
    public static void main(String[] args) throws IOException, InterruptedException {
        Starts starts = new Starts(List.of(args).contains("--quick") ? 5 : 20);
        for (String target : List.of(Image.HTTP, Image.LAMBDA)) {
            for (String mode : List.of(Image.NATIVE, Image.JVM, Image.AOT)) {
                Map<String, Image> images = Image.of(mode, target);
                if (!images.isEmpty()) {
                    starts.measure("W4 " + target + " " + mode, images.get(Image.BARE), images.get(Image.FLOW));
                }
            }
        }
        Result.write(Path.of("src/bench/target/starts.json"), starts.results);
    }

    /** What one start came to. */
    private record Start(double millis, double mebibytes) {
    }

    private void measure(String work, Image bare, Image flow) throws IOException, InterruptedException {
        for (Image image : List.of(bare, flow)) { // the first is not counted: nothing of it is in the page cache
            if (image.isUntrained()) {
                start(image, Image.training());
            }
            start(image);
        }
        double[][] millis = new double[2][rounds];
        double[][] memory = new double[2][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int turn = 0; turn < 2; turn++) {
                int which = (round + turn) % 2;
                Start start = start(which == 0 ? bare : flow);
                millis[which][round] = start.millis;
                memory[which][round] = start.mebibytes;
            }
        }
        add(work + " start", "ms", millis[0], millis[1]);
        add(work + " rss", "MiB", memory[0], memory[1]);
        if (bare.mode().equals(Image.NATIVE)) {
            add(work + " size", "MiB", new double[] { bare.size() / MEBI }, new double[] { flow.size() / MEBI });
            if (bare.target().equals(Image.LAMBDA)) {
                add(work + " zip", "MiB", new double[] { bare.zipped() / MEBI }, new double[] { flow.zipped() / MEBI });
            }
        }
    }

    private void add(String work, String unit, double[] bare, double[] flow) {
        results.add(Result.of(work, Result.LIMIT, unit, bare, bare));
        results.add(Result.of(work, Result.OURS, unit, flow, bare));
        Result ours = results.get(results.size() - 1);
        System.out.printf("%-24s bare %8.1f %s, ours %8.1f %s: %.2f (%.2f to %.2f)%n", work, Quantiles.of(bare).median(), unit,
                ours.value(), unit, ours.ratio(), ours.spread().get(0), ours.spread().get(1));
    }

    private Start start(Image image, String... options) throws IOException, InterruptedException {
        return image.target().equals(Image.HTTP) ? overHttp(image, options) : onLambda(image, options);
    }

    private Start overHttp(Image image, String... options) throws IOException {
        long begun = System.nanoTime();
        try (Served served = Served.start(image, Map.of(), options)) {
            String answer = served.post(state);
            double millis = (System.nanoTime() - begun) / 1e6;
            check(answer.startsWith("HTTP/1.1 200 "), answer.substring(answer.indexOf("\r\n\r\n") + 4));
            return new Start(millis, Memory.peak(served.process()) / 1024.0);
        }
    }

    /** Each in a local Lambda of its own, as it is given its event by the Runtime API that the process asks for it. */
    private Start onLambda(Image image, String... options) throws IOException, InterruptedException {
        try (LocalLambda lambda = LocalLambda.builder()
                .function("function", spec -> spec.external().timeout(Duration.ofMinutes(1)).initTimeout(Duration.ofMinutes(1)))
                .start()) {
            Map<String, String> environment = Map.of("AWS_LAMBDA_RUNTIME_API", lambda.runtimeApi("function"),
                    "AWS_LAMBDA_FUNCTION_NAME", "function", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512",
                    "AWS_LAMBDA_FUNCTION_VERSION", "1", "AWS_REGION", "us-east-1");
            long begun = System.nanoTime();
            Process process = image.start(environment, options);
            try {
                InvokeResult result = lambda.invoke("function", state);
                double millis = (System.nanoTime() - begun) / 1e6;
                check(!result.failed(), result.payload());
                return new Start(millis, Memory.peak(process) / 1024.0);
            } finally {
                end(process, options.length > 0);
            }
        }
    }

    /** Who is trained writes the cache when it ends by itself. */
    private static void end(Process process, boolean gently) throws InterruptedException {
        if (gently) {
            process.destroy();
            process.waitFor(5, TimeUnit.MINUTES);
        }
        process.destroyForcibly().waitFor();
    }

    private static void check(boolean good, String body) throws IOException {
        JsonNode answer = JSON.readTree(body);
        if (!good || !answer.path("status").asText().equals("completed") || answer.path("store").path("count").asInt() != 3
                || answer.path("path").size() != 3) {
            throw new IllegalStateException("not what was asked for: " + body);
        }
    }
}
