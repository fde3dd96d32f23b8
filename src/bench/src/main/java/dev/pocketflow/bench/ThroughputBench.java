package dev.pocketflow.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * W6: measures how many requests the HTTP entry point answers in a second, and their latencies, over 1, 8 and 64 connections.
 * Compares it with a bare endpoint that does the same. Then measures the size of the process after 100,000 requests. The two
 * take turns, each in its own process.
 */
public final class ThroughputBench {

    private static final int ROUNDS = 3;
    private static final List<Integer> CONNECTIONS = List.of(1, 8, 64);
    private static final int REQUESTS = 100_000;
    private static final String HEAP = "-Xmx204m"; // the heap that an executable takes in a container of 256 MiB: see load.sh

    private final int seconds;
    private final List<Result> results = new ArrayList<>();
    private final Map<String, double[]> values = new LinkedHashMap<>();

    private ThroughputBench(int seconds) {
        this.seconds = seconds;
    }

    /** A function that is compared. */
    private record Contestant(String row, Image image, Map<String, String> environment) {
    }

    /** @param args {@code --quick} for a short run whose figures are only a rough indication */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (!Wrk.isHere()) {
            System.out.println("W6 is left out: there is no wrk. Install it (apt-get install wrk)");
            return;
        }
        Wrk.script();
        ThroughputBench throughput = new ThroughputBench(List.of(args).contains("--quick") ? 2 : 6);
        for (String mode : List.of(Image.NATIVE, Image.JVM)) {
            Map<String, Image> images = Image.of(mode, Image.HTTP);
            if (!images.isEmpty()) {
                throughput.measure("W6 " + mode, List.of(
                        new Contestant(Result.LIMIT, images.get(Image.BARE), Map.of()),
                        new Contestant(Result.OURS, images.get(Image.FLOW), Map.of("QUARKUS_POCKETFLOW_LOG_STEPS", "false")),
                        new Contestant(Result.OURS + ", each step logged", images.get(Image.FLOW), Map.of())));
            }
        }
        Result.write(Path.of("src/bench/target/throughput.json"), throughput.results);
    }

    private void measure(String work, List<Contestant> contestants) throws IOException, InterruptedException {
        values.clear();
        for (int round = 0; round < ROUNDS; round++) {
            for (int turn = 0; turn < contestants.size(); turn++) {
                round(contestants.get((round + turn) % contestants.size()), round);
            }
        }
        for (int connections : CONNECTIONS) {
            String over = work + " " + connections + (connections == 1 ? " connection " : " connections ");
            add(over + "throughput", "1/s", connections + "/s", contestants);
            add(over + "p50", "ms", connections + "p50", contestants);
            add(over + "p99", "ms", connections + "p99", contestants);
        }
        add(work + " rss", "MiB", "rss", contestants);
    }

    private void round(Contestant one, int round) throws IOException, InterruptedException {
        try (Served served = Served.start(one.image, one.environment, HEAP)) {
            served.post("{\"count\":0}");
            long requests = Wrk.run(served.port(), 64, seconds).requests(); // warms up, and is not counted
            for (int connections : CONNECTIONS) {
                Wrk wrk = Wrk.run(served.port(), connections, seconds);
                keep(one, connections + "/s", round, wrk.perSecond());
                keep(one, connections + "p50", round, wrk.p50());
                keep(one, connections + "p99", round, wrk.p99());
                requests += wrk.requests();
            }
            while (requests < REQUESTS) {
                requests += Wrk.run(served.port(), 64, 1).requests();
            }
            keep(one, "rss", round, Memory.resident(served.process()) / 1024.0);
        }
    }

    private void keep(Contestant one, String figure, int round, double value) {
        values.computeIfAbsent(one.row + figure, name -> new double[ROUNDS])[round] = value;
    }

    private void add(String work, String unit, String figure, List<Contestant> contestants) {
        double[] limits = values.get(Result.LIMIT + figure);
        for (Contestant one : contestants) {
            Result result = Result.of(work, one.row, unit, values.get(one.row + figure), limits);
            results.add(result);
            System.out.printf("%-36s %-30s %9.2f %-4s %.2f (%.2f to %.2f)%n", work, one.row, result.value(), unit,
                    result.ratio(), result.spread().get(0), result.spread().get(1));
        }
    }
}
