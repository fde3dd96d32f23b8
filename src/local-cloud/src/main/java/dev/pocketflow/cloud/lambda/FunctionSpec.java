package dev.pocketflow.cloud.lambda;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.CRC32;

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
    FunctionHandler inProcess;
    int concurrency = 4;
    int retryAttempts = 2;
    Duration eventAge = Duration.ofHours(6);
    RecursiveLoop recursiveLoop = RecursiveLoop.TERMINATE;
    String deadLetterQueue;
    Destination onFailure;

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

    /** Runs this in the present process instead of starting one. There is no init phase, and no log. */
    public FunctionSpec handler(FunctionHandler handler) {
        inProcess = Objects.requireNonNull(handler, "handler");
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

    /**
     * How long an invocation may take before its process is killed, or its handler interrupted; default 3 seconds, as on
     * Lambda; at most 15 minutes.
     */
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
        this.memoryMiB = between("memoryMiB", memoryMiB, 128, 10_240);
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

    /**
     * How many events the function works on at once, from 1 to 1,000; default 4. One more process (or thread, of a handler) is
     * started when all are busy; at the limit events wait, where Lambda would throttle. An {@link #external()} function works
     * on
     * one at a time, whatever is set here.
     */
    public FunctionSpec concurrency(int concurrency) {
        this.concurrency = between("concurrency", concurrency, 1, 1_000);
        return this;
    }

    /**
     * How often an asynchronous event is tried again when the function has failed, from 0 to 2; default 2, which is three
     * attempts. Lambda's {@code MaximumRetryAttempts}.
     */
    public FunctionSpec maximumRetryAttempts(int retries) {
        retryAttempts = between("maximumRetryAttempts", retries, 0, 2);
        return this;
    }

    /**
     * How old an asynchronous event may be when the function is asked, from 1 minute to 6 hours, the default. An older one is
     * given up on. Lambda's {@code MaximumEventAgeInSeconds}.
     */
    public FunctionSpec maximumEventAge(Duration age) {
        if (age.compareTo(Duration.ofMinutes(1)) < 0 || age.compareTo(Duration.ofHours(6)) > 0) {
            throw new IllegalArgumentException("maximumEventAge must be from PT1M to PT6H, was " + age);
        }
        eventAge = age;
        return this;
    }

    /** What becomes of a chain that comes through this function again and again; default {@link RecursiveLoop#TERMINATE}. */
    public FunctionSpec recursiveLoop(RecursiveLoop recursiveLoop) {
        this.recursiveLoop = Objects.requireNonNull(recursiveLoop, "recursiveLoop");
        return this;
    }

    /**
     * The SQS queue, of {@link LocalLambda.Builder#sqs}, that an asynchronous event given up on is sent to as it is, with the
     * attributes {@code RequestID}, {@code ErrorCode} and {@code ErrorMessage}; default none.
     */
    public FunctionSpec deadLetterQueue(String queue) {
        deadLetterQueue = Objects.requireNonNull(queue, "queue");
        return this;
    }

    /** Where the record of an asynchronous event given up on is sent; default nowhere. */
    public FunctionSpec onFailure(Destination destination) {
        onFailure = Objects.requireNonNull(destination, "destination");
        return this;
    }

    /** The queues that the function names: where its dead letters go, and the records of what it fails at. */
    public Set<String> queues() {
        Set<String> queues = new LinkedHashSet<>();
        if (deadLetterQueue != null) {
            queues.add(deadLetterQueue);
        }
        if (onFailure instanceof Destination.Queue queue) {
            queues.add(queue.name());
        }
        return queues;
    }

    FunctionSpec checked() {
        if ((external ? 1 : 0) + (command.isEmpty() ? 0 : 1) + (inProcess == null ? 0 : 1) != 1) {
            throw new IllegalArgumentException("Function " + name + " needs either a command, a handler or external()");
        }
        return this;
    }

    void checkDestinations(boolean queues, Set<String> functions) {
        if (!queues && (deadLetterQueue != null || onFailure instanceof Destination.Queue)) {
            throw new IllegalArgumentException(
                    "Function " + name + " sends what fails to a queue, but there is no sqs(endpoint)");
        }
        if (onFailure instanceof Destination.Function function && !functions.contains(function.name())) {
            throw new IllegalArgumentException("Function " + name + " sends what fails to function " + function.name()
                    + "; there are " + functions);
        }
    }

    /** What stands for the function in the lineage of a chain. */
    String id() {
        CRC32 crc = new CRC32();
        crc.update(arn().getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }

    String arn() {
        return "arn:aws:lambda:" + region() + ":000000000000:function:" + name;
    }

    String region() {
        return env.getOrDefault("AWS_REGION", "us-east-1");
    }

    private static int between(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be from " + least + " to " + most + ", was " + value);
        }
        return value;
    }

    private static Duration positive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + " must be longer than zero, was " + value);
        }
        return value;
    }
}
