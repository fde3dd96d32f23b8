package dev.pocketflow.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The agent as a process that serves HTTP, with stand-ins for its model and its search. Its settings may come from the
 * environment.
 */
final class AgentProcess implements AutoCloseable {

    private static final int SECONDS_TO_START = 60;

    private final AgentStandIns standIns = AgentStandIns.paced();
    private final Process process;
    private final String address;

    private AgentProcess(List<String> command) throws IOException {
        int port = Served.freePort();
        address = "http://127.0.0.1:" + port;
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(Path.of("src/bench/target/load-agent.log").toFile());
        builder.environment().putAll(standIns.environment());
        builder.environment().putAll(Map.of("QUARKUS_HTTP_HOST", "127.0.0.1", "QUARKUS_HTTP_PORT", Integer.toString(port),
                Image.KEY_VARIABLE, Image.KEY, "QUARKUS_LOG_LEVEL", "WARN"));
        process = builder.start();
    }

    /** Starts the agent and waits until it is ready. */
    static AgentProcess start(List<String> command) throws IOException, InterruptedException {
        AgentProcess agent = new AgentProcess(command);
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest ready = HttpRequest.newBuilder(URI.create(agent.address + "/q/health/ready")).build();
        long end = System.nanoTime() + SECONDS_TO_START * 1_000_000_000L;
        while (System.nanoTime() < end && agent.process.isAlive()) {
            try {
                if (http.send(ready, BodyHandlers.discarding()).statusCode() == 200) {
                    return agent;
                }
            } catch (IOException e) {
                // not yet
            }
            Thread.sleep(50);
        }
        agent.close();
        throw new IllegalStateException("The agent does not start: see src/bench/target/load-agent.log");
    }

    URI url() {
        return URI.create(address + "/");
    }

    /** {@return the resident memory of the process in KiB, as Linux reports it} */
    long residentKiB() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("The agent has ended: see src/bench/target/load-agent.log");
        }
        return Memory.resident(process);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        standIns.close();
    }
}
