package dev.pocketflow.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.net.httpserver.HttpServer;

/**
 * Overloads a function: unread streams, large bodies, dense JSON. Reports whether it answers during and after the load, and how
 * much memory it took. Needs only the JDK, so that it can be run from its source.
 */
final class Overload {

    private final int port;
    private final Process process;
    private final String base;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(20)).build();
    private final AtomicInteger checks = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicLong slowest = new AtomicLong();
    private volatile boolean over;

    private Overload(int port, Process process) {
        this.port = port;
        this.process = process;
        this.base = "http://localhost:" + port;
    }

    /** @param args the number of streams, the event of each, and the command that starts the function */
    public static void main(String[] args) throws Exception {
        int connections = Integer.parseInt(args[0]);
        String event = args[1];
        HttpServer model = model();
        int port = free();
        List<String> command = new ArrayList<>(List.of(args).subList(2, args.length));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(Path.of(System.getProperty("log", "overload.log")).toFile());
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        builder.environment().put("QUARKUS_LANGCHAIN4J_OPENAI_BASE_URL",
                "http://localhost:" + model.getAddress().getPort() + "/v1");
        builder.environment().put("QUARKUS_LANGCHAIN4J_OPENAI_API_KEY", "none");
        builder.environment().put("TAVILY_BASE_URL", "http://localhost:" + model.getAddress().getPort());
        builder.environment().put("TAVILY_API_KEY", "none");
        builder.environment().put("QUARKUS_POCKETFLOW_LOG_STEPS", "false");
        builder.environment().put("QUARKUS_POCKETFLOW_ENVELOPE_KEYS_K1", "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=");
        Overload overload = new Overload(port, builder.start());
        try {
            overload.run(connections, event);
        } finally {
            overload.over = true;
            overload.process.destroy();
            model.stop(0);
        }
    }

    private void run(int connections, String event) throws Exception {
        for (int i = 0; get() != 200; i++) {
            if (i == 600 || !process.isAlive()) {
                throw new IllegalStateException("it does not start");
            }
            Thread.sleep(100);
        }
        report("started");
        Thread health = new Thread(this::checkHealth);
        health.setDaemon(true);
        health.start();
        for (int round = 1; round <= 3; round++) {
            unread(connections, event);
            report("round " + round + ", " + connections + " unread streams, closed");
        }
        bodies("20 texts of 1 MB", 20, "{\"question\":\"" + "x".repeat(1_000_000) + "\"}");
        bodies("20 dense events of 1 MB", 20, "{\"x\":[" + "{},".repeat(330_000) + "{}]}");
        bodies("5 dense events of 9.9 MB", 5, "{\"x\":[" + "{},".repeat(3_300_000) + "{}]}");
        bodies("200 events of 1 KB", 200, "{\"question\":\"" + "x".repeat(1_000) + "\"}");
        long end = System.nanoTime() + 60_000_000_000L;
        int status = post(event);
        while (status != 200 && System.nanoTime() < end) {
            Thread.sleep(500);
            status = post(event);
        }
        over = true;
        report("afterwards a run is answered with " + status);
        if (status != 200 || failed.get() > 0) {
            System.exit(1);
        }
    }

    private void unread(int connections, String event) throws Exception {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(4 * 1024);
            socket.connect(new InetSocketAddress("localhost", port), 20_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAccept: text/event-stream\r\n"
                    + "Content-Length: " + event.length() + "\r\n\r\n" + event).getBytes(StandardCharsets.US_ASCII));
            sockets.add(socket);
        }
        Thread.sleep(Integer.getInteger("hold", 20) * 1000L);
        report(connections + " unread streams, held");
        Map<String, Integer> statuses = new TreeMap<>();
        for (Socket socket : sockets) {
            socket.setSoTimeout(180_000);
            InputStream in = socket.getInputStream();
            byte[] head = in.readNBytes(12);
            statuses.merge(new String(head, StandardCharsets.US_ASCII), 1, Integer::sum);
            socket.setSoLinger(true, 0);
            socket.close();
        }
        System.out.println("  " + statuses);
        Thread.sleep(3_000);
    }

    private void bodies(String what, int count, String body) throws Exception {
        long begun = System.nanoTime();
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(base)).header("Content-Type", "application/json")
                    .timeout(Duration.ofSeconds(90)).POST(BodyPublishers.ofString(body)).build();
            answers.add(client.sendAsync(request, BodyHandlers.discarding()).thenApply(HttpResponse::statusCode)
                    .exceptionally(e -> -1));
        }
        Map<Integer, Integer> statuses = new TreeMap<>();
        answers.forEach(answer -> statuses.merge(answer.join(), 1, Integer::sum));
        report(what + ": " + statuses + " (-1 is no answer) in " + (System.nanoTime() - begun) / 1_000_000 + " ms");
    }

    private void checkHealth() {
        while (!over) {
            long begun = System.nanoTime();
            checks.incrementAndGet();
            if (get() != 200) {
                failed.incrementAndGet();
            }
            slowest.accumulateAndGet((System.nanoTime() - begun) / 1_000_000, Math::max);
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private int get() {
        try {
            return client.send(HttpRequest.newBuilder(URI.create(base + "/q/health")).timeout(Duration.ofSeconds(20)).build(),
                    BodyHandlers.discarding()).statusCode();
        } catch (IOException | InterruptedException e) {
            return -1;
        }
    }

    private int post(String event) {
        try {
            return client.send(HttpRequest.newBuilder(URI.create(base)).header("Content-Type", "application/json")
                    .timeout(Duration.ofSeconds(90)).POST(BodyPublishers.ofString(event)).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException | InterruptedException e) {
            return -1;
        }
    }

    private void report(String what) throws Exception {
        String rss = "gone";
        if (process.isAlive()) {
            List<String> status = Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"));
            rss = status.stream().filter(line -> line.startsWith("VmRSS") || line.startsWith("VmHWM"))
                    .map(line -> line.replaceAll("\\s+", " ")).toList().toString() + live();
        }
        System.out.println(
                what + ": " + rss + ", health " + checks + " asked, " + failed + " failed, slowest " + slowest + " ms");
    }

    /** {@return the live bytes after a collection, as text; empty if the function does not run on a JVM} */
    private String live() throws Exception {
        Process jcmd = new ProcessBuilder(System.getProperty("java.home") + "/bin/jcmd", Long.toString(process.pid()),
                "GC.class_histogram").redirectErrorStream(true).start();
        String last = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        last = last.substring(last.lastIndexOf('\n') + 1);
        return last.startsWith("Total") ? ", live bytes" + last.replaceAll("Total\\s+\\d+", "").replaceAll("\\s+", " ") : "";
    }

    /** Starts a stand-in for the model. Its answer comes after a short delay, and ends the agent. */
    private static HttpServer model() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("localhost", 0), 100);
        byte[] answer = ("{\"id\":\"1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                + "\"message\":{\"role\":\"assistant\",\"content\":\"{\\\"action\\\":\\\"answer\\\",\\\"query\\\":\\\"\\\"}\"},"
                + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}")
                .getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        return server;
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
