package dev.pocketflow.cloud.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import dev.pocketflow.testing.http.DaemonThreads;

/** A process that runs {@link StandIn} or another service, in a separate directory for its output and its files. */
public final class StandInProcess implements AutoCloseable {

    /** The longest wait for a start. On a busy machine a start takes minutes. A process that ends is noticed at once. */
    private static final int MINUTES_TO_START = 10;

    private final String service;
    private final Path directory;
    private final Process process;
    private final CompletableFuture<Integer> port;

    private StandInProcess(String service, Path directory, Process process) {
        this.service = service;
        this.directory = directory;
        this.process = process;
        // Its output has one line, and nothing is waited for on a thread of the common pool.
        port = new CompletableFuture<>();
        DaemonThreads.named("stand-in-" + service).newThread(this::readPort).start();
    }

    /** Starts {@link StandIn} without waiting until it listens. */
    public static StandInProcess start(String service) {
        return start(service, directory -> java(service, directory));
    }

    /**
     * Starts a service without waiting until it listens.
     *
     * @param command makes the command line, from the directory of the service's files
     */
    public static StandInProcess start(String service, Function<Path, List<String>> command) {
        try {
            Path directory = Files.createTempDirectory("pocketflow-" + service + "-");
            ProcessBuilder builder = new ProcessBuilder(command.apply(directory))
                    .redirectError(directory.resolve("log").toFile());
            return new StandInProcess(service, directory, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start the local " + service, e);
        }
    }

    /** The port of the service. Waits until it listens. */
    public int port() {
        try {
            return port.get(MINUTES_TO_START, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the local " + service + " started", e);
        } catch (Exception e) {
            throw new IllegalStateException("The local " + service + " does not start: " + log(), e);
        }
    }

    /** Kills it and deletes its files. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        try {
            StandIn.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete the files of the local " + service, e);
        }
    }

    static List<String> java(String service, Path directory) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx512m", "-cp", StandInClassPath.get(),
                "-Dlogback.configurationFile=dev/pocketflow/cloud/process/stand-in-logback.xml",
                // else Spring Boot replaces the logging that it finds, and fails
                "-Dorg.springframework.boot.logging.LoggingSystem=none"));
        command.addAll(List.of(StandIn.class.getName(), service, directory.toString()));
        return command;
    }

    private void readPort() {
        try (BufferedReader output = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            port.complete(Integer.valueOf(output.readLine()));
        } catch (IOException | NumberFormatException e) {
            port.completeExceptionally(e);
        }
    }

    private String log() {
        try {
            String log = Files.readString(directory.resolve("log"));
            return log.substring(Math.max(0, log.length() - 2_000));
        } catch (IOException e) {
            return "it has no log";
        }
    }
}
