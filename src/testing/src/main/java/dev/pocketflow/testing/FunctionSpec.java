package dev.pocketflow.testing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How a {@link LocalLambda} runs one function. Configured inside {@link LocalLambda.Builder#function}, not thread-safe, and not
 * looked at any more afterwards.
 */
public final class FunctionSpec {

    final String name;
    final Map<String, String> env = new LinkedHashMap<>();
    List<String> command = List.of();
    Path directory = Path.of("").toAbsolutePath();
    Duration timeout = Duration.ofSeconds(3);
    Duration initTimeout = Duration.ofSeconds(10);
    int memoryMiB = 128;
    String handler = "bootstrap";
    boolean eager;
    boolean external;
    int port;

    FunctionSpec(String name) {
        this.name = name;
    }

    /** Starts this file, in the directory it is in. */
    public FunctionSpec command(Path bootstrap) {
        Path file = bootstrap.toAbsolutePath();
        directory = file.getParent();
        return command(file.toString());
    }

    /** Starts a program with its arguments, in the directory the test runs in. */
    public FunctionSpec command(String... programAndArguments) {
        command = List.of(programAndArguments);
        return this;
    }

    /**
     * Sets an environment variable of the function. Its process inherits nothing from the test's except {@code PATH}, and sees
     * the variables Lambda sets, which this can override.
     */
    public FunctionSpec env(String variable, String value) {
        env.put(Objects.requireNonNull(variable, "variable"), Objects.requireNonNull(value, "value"));
        return this;
    }

    /** How long an invocation may take before its process is killed; default 3 seconds, as on Lambda; at most 15 minutes. */
    public FunctionSpec timeout(Duration timeout) {
        this.timeout = positive("timeout", timeout);
        if (timeout.compareTo(Duration.ofMinutes(15)) > 0) {
            throw new IllegalArgumentException("timeout must be at most PT15M, was " + timeout);
        }
        return this;
    }

    /**
     * How long the process may take to its first call for an event, and an {@link #external()} one until it appears; default 10
     * seconds. Unlike Lambda, which then tries the init phase again inside the invocation, the invocation fails.
     */
    public FunctionSpec initTimeout(Duration initTimeout) {
        this.initTimeout = positive("initTimeout", initTimeout);
        return this;
    }

    /** What the function is told of its memory, in MiB; default 128. It is not held to it. */
    public FunctionSpec memoryMiB(int memoryMiB) {
        if (memoryMiB < 128 || memoryMiB > 10_240) {
            throw new IllegalArgumentException("memoryMiB must be from 128 to 10240, was " + memoryMiB);
        }
        this.memoryMiB = memoryMiB;
        return this;
    }

    /** The value of {@code _HANDLER}; default {@code bootstrap}. */
    public FunctionSpec handler(String handler) {
        this.handler = Objects.requireNonNull(handler, "handler");
        return this;
    }

    /** Starts the process with the lambda instead of with the first invocation. */
    public FunctionSpec eager() {
        eager = true;
        return this;
    }

    /** Starts no process: one started elsewhere polls {@link LocalLambda#runtimeApi(String)}. */
    public FunctionSpec external() {
        return external(0);
    }

    /**
     * Starts no process: one started elsewhere polls {@link LocalLambda#runtimeApi(String)}. One at a time, and a new one takes
     * the place of the old; it is not killed when its time is over, but its late answer is refused; and an event given to one
     * that has died unnoticed is answered at the timeout.
     *
     * @param port the port to await it on; 0 for a free one
     */
    public FunctionSpec external(int port) {
        external = true;
        this.port = port;
        return this;
    }

    FunctionSpec checked() {
        if (external == !command.isEmpty()) {
            throw new IllegalArgumentException("Function " + name + " needs either a command or external()");
        }
        return this;
    }

    String arn() {
        return "arn:aws:lambda:" + region() + ":000000000000:function:" + name;
    }

    String region() {
        return env.getOrDefault("AWS_REGION", "us-east-1");
    }

    private static Duration positive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + " must be longer than zero, was " + value);
        }
        return value;
    }
}
