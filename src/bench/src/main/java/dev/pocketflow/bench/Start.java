package dev.pocketflow.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.pocketflow.cloud.invocation.InvokeResult;
import dev.pocketflow.cloud.lambda.LocalLambda;

/**
 * The cost of a function's start, up to its first answer.
 *
 * @param cpuMillis user and kernel time of the threads that still live at the answer
 * @param mebibytes the largest resident memory until the answer
 */
record Start(double millis, double cpuMillis, double mebibytes) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The first request to a function.
     *
     * @param event null for a readiness check over HTTP
     * @param environment the function's variables, in addition to those that its target needs
     * @param good accepts the expected answer
     */
    record Asked(String event, Map<String, String> environment, Predicate<JsonNode> good) {
    }

    static Start of(Image image, Asked asked, String... options) throws IOException, InterruptedException {
        return image.target().equals(Image.HTTP) ? overHttp(image, asked, options) : onLambda(image, asked, options);
    }

    private static Start overHttp(Image image, Asked asked, String... options) throws IOException {
        long begun = System.nanoTime();
        try (Served served = Served.start(image, asked.environment, options)) {
            String answer = asked.event == null ? served.ready() : served.post(asked.event);
            Start start = until(begun, served.process());
            check(asked, answer.startsWith("HTTP/1.1 200 "), answer.substring(answer.indexOf("\r\n\r\n") + 4));
            return start;
        }
    }

    /** Starts each function in its own local Lambda. The process asks the Runtime API for the event. */
    private static Start onLambda(Image image, Asked asked, String... options) throws IOException, InterruptedException {
        try (LocalLambda lambda = LocalLambda.builder()
                .function("function", spec -> spec.external().timeout(Duration.ofMinutes(1)).initTimeout(Duration.ofMinutes(1)))
                .start()) {
            Map<String, String> environment = new HashMap<>(asked.environment);
            environment.putAll(Map.of("AWS_LAMBDA_RUNTIME_API", lambda.runtimeApi("function"),
                    "AWS_LAMBDA_FUNCTION_NAME", "function", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512",
                    "AWS_LAMBDA_FUNCTION_VERSION", "1", "AWS_REGION", "us-east-1"));
            long begun = System.nanoTime();
            Process process = image.start(environment, options);
            try {
                InvokeResult result = lambda.invoke("function", asked.event);
                Start start = until(begun, process);
                check(asked, !result.failed(), result.payload());
                return start;
            } finally {
                end(process, options.length > 0);
            }
        }
    }

    private static Start until(long begun, Process process) throws IOException {
        double millis = (System.nanoTime() - begun) / 1e6;
        return new Start(millis, Cpu.nanos(process) / 1e6, Memory.peak(process) / 1024.0);
    }

    /** Ends the process. A process in training must end by itself, because it writes its cache then. */
    private static void end(Process process, boolean gently) throws InterruptedException {
        if (gently) {
            process.destroy();
            process.waitFor(5, TimeUnit.MINUTES);
        }
        process.destroyForcibly().waitFor();
    }

    private static void check(Asked asked, boolean answered, String body) throws IOException {
        if (!answered || !asked.good.test(JSON.readTree(body))) {
            throw new IllegalStateException("not what was asked for: " + body);
        }
    }
}
