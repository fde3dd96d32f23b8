package dev.pocketflow.cloud.lambda;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A custom runtime as a separate process. Its events are texts with commands, such as {@code "exit 3"}. The variable
 * {@code INIT} holds the command of the start.
 */
public final class FakeRuntime {

    private static final String BASE = "http://" + System.getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/";
    private static int served;

    private FakeRuntime() {
    }

    /** The command line that runs this. */
    public static String[] command() {
        try {
            return new String[] { Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                    "-Xshare:auto", "-cp",
                    Path.of(FakeRuntime.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString(),
                    FakeRuntime.class.getName() };
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void main(String[] args) throws Exception {
        System.out.println("starting");
        switch (String.valueOf(System.getenv("INIT"))) {
            case "error" -> {
                post("init/error", "{\"errorType\":\"Fake.NoConfig\",\"errorMessage\":\"cannot start\"}");
                System.exit(1);
            }
            case "exit" -> System.exit(7);
            case "hang" -> Thread.currentThread().join();
            default -> {
                while (true) {
                    serve((HttpURLConnection) URI.create(BASE + "invocation/next").toURL().openConnection());
                }
            }
        }
    }

    private static void serve(HttpURLConnection next) throws Exception {
        String event = new String(next.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String invocation = "invocation/" + next.getHeaderField("Lambda-Runtime-Aws-Request-Id");
        System.out.println("event " + event);
        served++;
        String[] words = event.replace("\"", "").split(" ");
        switch (words[0]) {
            case "fail" -> post(invocation + "/error", "{\"errorType\":\"Fake.Failure\",\"errorMessage\":\"as told\"}");
            case "exit" -> System.exit(Integer.parseInt(words[1]));
            case "die" -> ProcessHandle.of(ProcessHandle.current().pid()).ifPresent(self -> Runtime.getRuntime().halt(137));
            case "hang" -> Thread.currentThread().join();
            case "answer-and-exit" -> {
                post(invocation + "/response", "\"gone\"");
                System.exit(0);
            }
            case "env" -> post(invocation + "/response", "\"" + System.getenv(words[1]) + "\"");
            case "header" -> post(invocation + "/response", "\"" + next.getHeaderField(words[1]) + "\"");
            case "chain" -> {
                int left = Integer.parseInt(words[1]);
                if (left > 0) {
                    invokeItself("\"chain " + (left - 1) + "\"", next.getHeaderField("Lambda-Runtime-Trace-Id"));
                }
                post(invocation + "/response", "\"" + left + " left\"");
            }
            case "chatter" -> {
                System.out.println("x".repeat(5_000) + "end");
                post(invocation + "/response", "{}");
            }
            case "size" -> post(invocation + "/response", "\"" + "y".repeat(Integer.parseInt(words[1]) - 2) + "\"");
            default -> post(invocation + "/response",
                    "{\"pid\":" + ProcessHandle.current().pid() + ",\"served\":" + served + ",\"event\":" + event + "}");
        }
    }

    private static void invokeItself(String event, String traceHeader) throws IOException {
        HttpURLConnection call = (HttpURLConnection) URI.create(System.getenv("AWS_ENDPOINT_URL_LAMBDA")
                + "/2015-03-31/functions/" + System.getenv("AWS_LAMBDA_FUNCTION_NAME") + "/invocations").toURL()
                .openConnection();
        call.setDoOutput(true);
        call.setRequestProperty("X-Amz-Invocation-Type", "Event");
        call.setRequestProperty("X-Amzn-Trace-Id", traceHeader);
        try (OutputStream out = call.getOutputStream()) {
            out.write(event.getBytes(StandardCharsets.UTF_8));
        }
        System.out.println("invoked itself: " + call.getResponseCode());
    }

    private static void post(String path, String body) throws IOException {
        HttpURLConnection call = (HttpURLConnection) URI.create(BASE + path).toURL().openConnection();
        call.setDoOutput(true);
        try (OutputStream out = call.getOutputStream()) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
        }
        System.out.println("status " + call.getResponseCode());
    }
}
