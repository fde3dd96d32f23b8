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
 * Configuration of one function of a {@link LocalLambda}, set inside {@link LocalLambda.Builder#function}. Not thread-safe.
 * Later changes have no effect.
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

    /** Starts a program with its arguments, in the working directory of the test. */
    public FunctionSpec command(String... programAndArguments) {
        command = List.of(programAndArguments);
        return this;
    }

    /** Runs this handler in the test's process instead of a separate process. It has no init phase and no log. */
    public FunctionSpec handler(FunctionHandler handler) {
        inProcess = Objects.requireNonNull(handler, "handler");
        return this;
    }

    /**
     * Sets an environment variable of the function. Its process inherits only {@code PATH} from the test. The variable
     * overrides one that Lambda sets.
     */
    public FunctionSpec env(String variable, String value) {
        env.put(Objects.requireNonNull(variable, "variable"), Objects.requireNonNull(value, "value"));
        return this;
    }

    /**
     * Sets the time limit of an invocation; default 3 seconds, as on Lambda; at most 15 minutes. After it, the process is
     * killed or the handler is interrupted.
     */
    public FunctionSpec timeout(Duration timeout) {
        this.timeout = positive("timeout", timeout);
        if (timeout.compareTo(Duration.ofMinutes(15)) > 0) {
            throw new IllegalArgumentException("timeout must be at most PT15M, was " + timeout);
        }
        return this;
    }

    /**
     * Sets the time limit for the process's first call for an event, or for the arrival of an {@link #external()} one; default
     * 10 seconds. After it the invocation fails. Lambda would repeat the init phase inside the invocation.
     */
    public FunctionSpec initTimeout(Duration initTimeout) {
        this.initTimeout = positive("initTimeout", initTimeout);
        return this;
    }

    /** Sets the memory that the function is told of, in MiB; default 128. Nothing enforces it. */
    public FunctionSpec memoryMiB(int memoryMiB) {
        this.memoryMiB = between("memoryMiB", memoryMiB, 128, 10_240);
        return this;
    }

    /** Sets the value of {@code _HANDLER}; default {@code bootstrap}. */
    public FunctionSpec handler(String handler) {
        this.handler = Objects.requireNonNull(handler, "handler");
        return this;
    }

    /** Starts the process together with the lambda. By default the first invocation starts it. */
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
     * Sets the largest number of events that the function handles at once, from 1 to 1,000; default 4. If all processes (or
     * threads, of a handler) are busy, another one starts. At the limit events wait; Lambda would throttle them. An
     * {@link #external()} function always handles one at a time.
     */
    public FunctionSpec concurrency(int concurrency) {
        this.concurrency = between("concurrency", concurrency, 1, 1_000);
        return this;
    }

    /**
     * Sets how often an asynchronous event is retried after a failure, from 0 to 2; default 2, which is three attempts.
     * Lambda's {@code MaximumRetryAttempts}.
     */
    public FunctionSpec maximumRetryAttempts(int retries) {
        retryAttempts = between("maximumRetryAttempts", retries, 0, 2);
        return this;
    }

    /**
     * Sets the maximum age of an asynchronous event at an attempt, from 1 minute to 6 hours; default 6 hours. An older event is
     * discarded. Lambda's {@code MaximumEventAgeInSeconds}.
     */
    public FunctionSpec maximumEventAge(Duration age) {
        if (age.compareTo(Duration.ofMinutes(1)) < 0 || age.compareTo(Duration.ofHours(6)) > 0) {
            throw new IllegalArgumentException("maximumEventAge must be from PT1M to PT6H, was " + age);
        }
        eventAge = age;
        return this;
    }

    /** Sets what happens to a chain that returns to this function too often; default {@link RecursiveLoop#TERMINATE}. */
    public FunctionSpec recursiveLoop(RecursiveLoop recursiveLoop) {
        this.recursiveLoop = Objects.requireNonNull(recursiveLoop, "recursiveLoop");
        return this;
    }

    /**
     * Sets the SQS queue for discarded asynchronous events; default none. The event itself is sent, with the attributes {@code
     * RequestID}, {@code ErrorCode} and {@code ErrorMessage}. It needs {@link LocalLambda.Builder#sqs}.
     */
    public FunctionSpec deadLetterQueue(String queue) {
        deadLetterQueue = Objects.requireNonNull(queue, "queue");
        return this;
    }

    /** Sets the destination for the records of discarded asynchronous events; default none. */
    public FunctionSpec onFailure(Destination destination) {
        onFailure = Objects.requireNonNull(destination, "destination");
        return this;
    }

    /** The queues that the function sends to: of its dead letters and of the records of its failures. */
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

    /** The function's id in the lineage of a chain. */
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
