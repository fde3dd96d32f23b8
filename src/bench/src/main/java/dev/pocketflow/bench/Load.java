package dev.pocketflow.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Sends questions to the native HTTP agent over a number of connections for a number of minutes, after one minute of warming
 * up. The stand-ins for the model and the search are in this process. Prints a line every ten seconds, and a table at the end.
 * The exit code is 1 if an answer was missing or wrong, or if the memory of the agent grew.
 */
public final class Load {

    private static final Duration SAMPLE = Duration.ofSeconds(10);
    private static final int WARM_UP = 6; // samples
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI agent;
    private final Latencies latencies = new Latencies();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger errors = new AtomicInteger();
    private volatile String lastError = "";
    private volatile boolean over;

    private Load(URI agent) {
        this.agent = agent;
    }

    /** @param args the executable, minutes, connections; then arguments of the executable */
    public static void main(String[] args) throws Exception {
        int minutes = Integer.parseInt(args[1]);
        int connections = Integer.parseInt(args[2]);
        List<String> command = new ArrayList<>(List.of(Path.of(args[0]).toAbsolutePath().toString()));
        command.addAll(List.of(args).subList(3, args.length));
        boolean good;
        try (AgentProcess agent = AgentProcess.start(command)) {
            Load load = new Load(agent.url());
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                clients.add(Thread.startVirtualThread(load::ask));
            }
            List<Long> memory = load.sample(agent, WARM_UP + minutes * 60 / (int) SAMPLE.toSeconds());
            load.over = true;
            for (Thread client : clients) {
                client.join();
            }
            good = load.report(memory, minutes, connections);
        }
        System.exit(good ? 0 : 1);
    }

    /** Uses one connection, and asks one question after the other. */
    private void ask() {
        while (!over) {
            String question = "How long may AWS Lambda function " + asked.incrementAndGet() + " run?";
            long begun = System.nanoTime();
            try {
                String trouble = trouble(question);
                latencies.add((int) ((System.nanoTime() - begun) / 1_000));
                if (trouble != null) {
                    failed(trouble);
                }
            } catch (IOException e) {
                failed(e.toString());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** {@return the problem of the answer; null if it is the answer of a completed run to this question} */
    private String trouble(String question) throws IOException, InterruptedException {
        var response = http.send(HttpRequest.newBuilder(agent).timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"question\":\"" + question + "\"}")).build(), BodyHandlers.ofByteArray());
        JsonNode outcome = JSON.readTree(response.body());
        String answer = outcome.path("store").path("answer").asText();
        boolean right = response.statusCode() == 200 && outcome.path("status").asText().equals("completed")
                && answer.contains(question);
        return right ? null
                : "HTTP " + response.statusCode() + ", status " + outcome.path("status").asText() + ", answer "
                        + answer;
    }

    private void failed(String why) {
        lastError = why;
        errors.incrementAndGet();
    }

    /** {@return the agent's memory after each sample, in KiB} The latencies of the warm-up are discarded. */
    private List<Long> sample(AgentProcess agent, int samples) throws IOException, InterruptedException {
        List<Long> memory = new ArrayList<>();
        long begun = System.nanoTime();
        for (int i = 1; i <= samples; i++) {
            Thread.sleep(Math.max(0, i * SAMPLE.toMillis() - (System.nanoTime() - begun) / 1_000_000));
            memory.add(agent.residentKiB());
            System.out.printf("%5d s  %8d asked  %3d errors %s  %6.1f MiB%n", i * SAMPLE.toSeconds(), asked.get(), errors.get(),
                    lastError, memory.get(i - 1) / 1024.0);
            if (i == WARM_UP) {
                latencies.clear();
            }
        }
        return memory;
    }

    /**
     * Compares the median of the last quarter with the median of the first one, without the warm-up. The memory rises and
     * falls, so single samples cannot be compared.
     */
    private boolean report(List<Long> memory, int minutes, int connections) {
        List<Long> warm = memory.subList(WARM_UP, memory.size());
        int quarter = Math.max(1, warm.size() / 4);
        double first = median(warm.subList(0, quarter));
        double last = median(warm.subList(warm.size() - quarter, warm.size()));
        int[] micros = latencies.sorted();
        System.out.printf("%n| %d connections, %d minutes after 1 of warming up | |%n|---|---|%n", connections, minutes);
        System.out.printf("| requests, with those of warming up | %d |%n| answered after it | %d, %.0f a second |%n",
                asked.get(), micros.length, micros.length / (minutes * 60.0));
        System.out.printf("| errors: no answer, another one, or not completed | %d |%n", errors.get());
        System.out.printf("| p50, p99, longest | %.1f ms, %.1f ms, %.1f ms |%n", quantile(micros, 0.5), quantile(micros, 0.99),
                quantile(micros, 1));
        System.out.printf("| RSS after warming up, at the end, most | %.1f MiB, %.1f MiB, %.1f MiB |%n",
                memory.get(WARM_UP - 1) / 1024.0, memory.get(memory.size() - 1) / 1024.0,
                memory.stream().max(Long::compare).orElseThrow() / 1024.0);
        System.out.printf("| RSS, median of the first quarter, of the last | %.1f MiB, %.1f MiB (%+.1f %%) |%n", first / 1024,
                last / 1024, 100 * (last / first - 1));
        return errors.get() == 0 && last < 1.1 * first;
    }

    private static double median(List<Long> values) {
        List<Long> sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2.0;
    }

    private static double quantile(int[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e3;
    }
}
