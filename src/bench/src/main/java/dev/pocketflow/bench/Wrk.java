package dev.pocketflow.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * A run of wrk, which posts the state repeatedly.
 *
 * @param requests all requests of the run
 * @param perSecond requests per second
 * @param p50 of the latencies, in milliseconds
 * @param p99 of the latencies, in milliseconds
 */
record Wrk(long requests, double perSecond, double p50, double p99) {

    private static final Path SCRIPT = Path.of("src/bench/target/post.lua");
    private static final Pattern TIME = Pattern.compile("([\\d.]+)(us|ms|s|m)");

    /** {@return whether wrk is installed} */
    static boolean isHere() throws InterruptedException {
        try {
            new ProcessBuilder("wrk", "-v").redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
                    .waitFor();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static void script() throws IOException {
        Files.writeString(SCRIPT, """
                wrk.method = "POST"
                wrk.headers["Content-Type"] = "application/json"
                wrk.body = [[%s]]
                """.formatted(new ObjectMapper().writeValueAsString(State.make())));
    }

    /** @throws IllegalStateException if any request failed */
    static Wrk run(int port, int connections, int seconds) throws IOException, InterruptedException {
        Process wrk = new ProcessBuilder("wrk", "--latency", "-t1", "-c" + connections, "-d" + seconds + "s", "-s",
                SCRIPT.toString(), "http://127.0.0.1:" + port + "/").redirectErrorStream(true).start();
        String report = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (wrk.waitFor() != 0 || report.contains("Non-2xx") || report.contains("Socket errors")) {
            throw new IllegalStateException("not every request was answered:\n" + report);
        }
        return new Wrk(Long.parseLong(find(report, "(\\d+) requests in")),
                Double.parseDouble(find(report, "Requests/sec: +([\\d.]+)")), millis(find(report, " 50% +(\\S+)")),
                millis(find(report, " 99% +(\\S+)")));
    }

    private static String find(String report, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(report);
        if (!matcher.find()) {
            throw new IllegalStateException("wrk reports no " + pattern + ":\n" + report);
        }
        return matcher.group(1);
    }

    private static double millis(String time) {
        Matcher matcher = TIME.matcher(time);
        if (!matcher.matches()) {
            throw new IllegalStateException("wrk reports a time of " + time);
        }
        return Double.parseDouble(matcher.group(1)) * switch (matcher.group(2)) {
            case "us" -> 1e-3;
            case "ms" -> 1;
            case "s" -> 1e3;
            default -> 60e3;
        };
    }
}
