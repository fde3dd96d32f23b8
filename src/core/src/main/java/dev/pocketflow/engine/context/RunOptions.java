package dev.pocketflow.engine.context;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import dev.pocketflow.Envelope;
import dev.pocketflow.GraphNode;
import dev.pocketflow.RunEvent;
import dev.pocketflow.internal.Threads;

/**
 * The options of a run. {@link dev.pocketflow.Run} says what each means.
 *
 * @param listener null for none
 * @param remaining null without a limit
 * @param executor null for the shared threads
 * @param handOver null for never
 * @param stop null for never
 * @param everyStep null for none
 * @param nanoTime the clock for the times of steps, in nanoseconds
 */
public record RunOptions(Consumer<? super RunEvent> listener, int maxSteps, Supplier<Duration> remaining, Executor executor,
        Predicate<GraphNode> handOver, Supplier<String> stop, UnaryOperator<Envelope> everyStep, InstantSource clock,
        boolean checkValues, boolean withPath, boolean withEmitted, LongSupplier nanoTime) {

    /** The step limit of a run that sets none. */
    public static final int DEFAULT_MAX_STEPS = 10_000;

    /** The options of a run that sets none. */
    public static final RunOptions DEFAULT = new RunOptions(null, DEFAULT_MAX_STEPS, null, null, null, null, null,
            InstantSource.system(), false, true, true, System::nanoTime);

    public Executor threads() {
        return executor == null ? Threads.shared() : executor;
    }

    public RunOptions withListener(Consumer<? super RunEvent> listener) {
        return new RunOptions(listener, maxSteps, remaining, executor, handOver, stop, everyStep, clock, checkValues, withPath,
                withEmitted, nanoTime);
    }

    public RunOptions withMaxSteps(int maxSteps) {
        return new RunOptions(listener, maxSteps, remaining, executor, handOver, stop, everyStep, clock, checkValues, withPath,
                withEmitted, nanoTime);
    }

    public RunOptions withRemaining(Supplier<Duration> remaining) {
        return new RunOptions(listener, maxSteps, remaining, executor, handOver, stop, everyStep, clock, checkValues, withPath,
                withEmitted, nanoTime);
    }

    public RunOptions withExecutor(Executor executor) {
        return new RunOptions(listener, maxSteps, remaining, executor, handOver, stop, everyStep, clock, checkValues, withPath,
                withEmitted, nanoTime);
    }

    public RunOptions withHandOver(Predicate<GraphNode> handOver) {
        return new RunOptions(listener, maxSteps, remaining, executor, handOver, stop, everyStep, clock, checkValues, withPath,
                withEmitted, nanoTime);
    }

    public RunOptions withStop(Supplier<String> stop) {
        return new RunOptions(listener, maxSteps, remaining, executor, handOver, stop, everyStep, clock, checkValues, withPath,
                withEmitted, nanoTime);
    }

    public RunOptions withEveryStep(UnaryOperator<Envelope> everyStep) {
        return new RunOptions(listener, maxSteps, remaining, executor, handOver, stop, everyStep, clock, checkValues, withPath,
                withEmitted, nanoTime);
    }

    public RunOptions withClock(InstantSource clock) {
        return new RunOptions(listener, maxSteps, remaining, executor, handOver, stop, everyStep, clock, checkValues, withPath,
                withEmitted, nanoTime);
    }

    public RunOptions withCheckValues(boolean checkValues) {
        return new RunOptions(listener, maxSteps, remaining, executor, handOver, stop, everyStep, clock, checkValues, withPath,
                withEmitted, nanoTime);
    }

    public RunOptions withPath(boolean withPath) {
        return new RunOptions(listener, maxSteps, remaining, executor, handOver, stop, everyStep, clock, checkValues, withPath,
                withEmitted, nanoTime);
    }

    public RunOptions withEmitted(boolean withEmitted) {
        return new RunOptions(listener, maxSteps, remaining, executor, handOver, stop, everyStep, clock, checkValues, withPath,
                withEmitted, nanoTime);
    }

    public RunOptions withNanoTime(LongSupplier nanoTime) {
        return new RunOptions(listener, maxSteps, remaining, executor, handOver, stop, everyStep, clock, checkValues, withPath,
                withEmitted, nanoTime);
    }
}
