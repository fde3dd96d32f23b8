package dev.pocketflow;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import dev.pocketflow.engine.Execution;
import dev.pocketflow.engine.context.ModelAccess;
import dev.pocketflow.engine.context.RunOptions;

/**
 * An execution of a flow: configured, started once, and observed from any thread.
 *
 * <pre>{@code
 * Outcome outcome = Run.of(agent, store).maxSteps(50).listener(event -> log(event)).start();
 * }</pre>
 */
public final class Run {

    static {
        ModelAccess.register(new EngineAccess());
    }

    /** The step limit of a run that sets none. */
    public static final int DEFAULT_MAX_STEPS = RunOptions.DEFAULT_MAX_STEPS;

    private final Flow flow;
    private final AtomicBoolean started = new AtomicBoolean();
    private final Execution execution;
    private RunOptions options = RunOptions.DEFAULT;

    private Run(Flow flow, Envelope origin) {
        this.flow = Objects.requireNonNull(flow, "flow");
        Objects.requireNonNull(origin.store(), "store");
        this.execution = new Execution(flow, origin);
    }

    private Run with(RunOptions changed) {
        options = changed;
        return this;
    }

    /**
     * Makes a run that is not started yet.
     *
     * @param flow the flow
     * @param store the run's store, which the run changes
     * @return the run
     */
    public static Run of(Flow flow, Store store) {
        return new Run(flow, Envelope.first(flow, store));
    }

    /**
     * Makes a run that continues from an envelope when it is started. The read items of a batch, and finished items and
     * parallel parts, are not repeated.
     *
     * @param flow the flow that {@link Envelope#target() continues}; its nodes may be of other classes than before
     * @param envelope the run; its store is the run's from now on
     * @return the run
     * @throws FlowException.Drifted if the flow lacks a part that the envelope's frames name
     */
    public static Run resume(Flow flow, Envelope envelope) {
        return new Run(flow, envelope);
    }

    /**
     * Sets the listener for the events of the run. If the listener throws, the exception is logged and the run continues.
     *
     * @param listener called on the threads of the steps, so concurrently in parallel parts
     * @return this run
     */
    public Run listener(Consumer<? super RunEvent> listener) {
        return with(options.withListener(Objects.requireNonNull(listener, "listener")));
    }

    /**
     * Sets the limit that stops an endless loop: a run that would make more visits is stopped. Entering a nested flow counts as
     * a visit. The default is {@value #DEFAULT_MAX_STEPS}.
     *
     * @param maxSteps at least 1
     * @return this run
     */
    public Run maxSteps(int maxSteps) {
        if (maxSteps < 1) {
            throw new IllegalArgumentException("maxSteps must be at least 1, was " + maxSteps);
        }
        return with(options.withMaxSteps(maxSteps));
    }

    /**
     * Sets the invocation's remaining time, read before every step. By default the time is not limited.
     *
     * @param remaining the remaining time; zero or less stops the run; called concurrently in parallel parts
     * @return this run
     */
    public Run remaining(Supplier<Duration> remaining) {
        return with(options.withRemaining(Objects.requireNonNull(remaining, "remaining")));
    }

    /**
     * Sets the threads for parallel parts and {@link #startAsync()}. The default is virtual threads from Java 21 on. On older
     * versions it is a pool of daemon threads: 32, or eight per processor if that is more.
     *
     * @param executor may run tasks late, or reject them: the run's own thread takes part in the work. The thread that started
     *        a rejected asynchronous run, or completed its stage, runs it
     * @return this run
     */
    public Run executor(Executor executor) {
        return with(options.withExecutor(Objects.requireNonNull(executor, "executor")));
    }

    /**
     * Sets the condition of a hand-over. The run evaluates it before every step and item, with the next node, but not before
     * the first step of a hop: each hop makes progress. Each of the parallel parts first reaches its next step.
     *
     * @param due whether to stop here; called concurrently in parallel parts
     * @return this run
     */
    public Run handOverWhen(Predicate<GraphNode> due) {
        return with(options.withHandOver(Objects.requireNonNull(due, "due")));
    }

    /**
     * Sets a condition that stops the run, parked. The run evaluates it before every step and item.
     *
     * @param reason such as {@code because it has used 5000 tokens}; {@code null} to continue; called concurrently
     * @return this run
     */
    public Run stopWhen(Supplier<@Nullable String> reason) {
        return with(options.withStop(Objects.requireNonNull(reason, "reason")));
    }

    /**
     * Sets what receives the run's envelope after every step and item: for checkpoints, and for tests of what a hand-over
     * changes. If another step follows, the run continues from the envelope that is returned.
     *
     * @param trip returns the envelope that it received, or another one, with whose store the run continues
     * @return this run
     */
    public Run everyStep(UnaryOperator<Envelope> trip) {
        return with(options.withEveryStep(Objects.requireNonNull(trip, "trip")));
    }

    /**
     * Checks, for dev and test, that values survive a hop: values put into the store, items and results of batches, params. A
     * node fails if a value cannot be written as JSON, or differs when it is read back. The values that a node read or put are
     * checked again when its visit ends. Objects without their own equality are compared field by field.
     *
     * @return this run
     */
    public Run checkValues() {
        return with(options.withCheckValues(true));
    }

    /**
     * Records no path: {@link #path()} and the envelope lack the steps that finish from here on. Without a listener their times
     * are not measured either. Reading the clock is most of the engine's own time for a step.
     *
     * @return this run
     */
    public Run withoutPath() {
        return with(options.withPath(false));
    }

    /**
     * Sends the listener no events of emitted values, so nodes need not emit them: see {@link Visit#isWatched}.
     *
     * @return this run
     */
    public Run withoutEmitted() {
        return with(options.withEmitted(false));
    }

    /**
     * Sets the clock of pauses. The default is the system's.
     *
     * @param clock read when a pause begins, and to decide whether it is over
     * @return this run
     */
    public Run clock(InstantSource clock) {
        return with(options.withClock(Objects.requireNonNull(clock, "clock")));
    }

    /** {@return the name of the signal that the run waits for, for {@link #signal}; {@code null} without one} */
    public @Nullable String awaits() {
        return execution.signal();
    }

    /**
     * Delivers the signal that a resumed run waits for. The run continues with it when it is started.
     *
     * @param name the signal's name
     * @param action picks the edge; {@code null} or {@code ""} means {@code default}
     * @param payload is put into the store under the signal's name; {@code null} puts no value
     * @return this run
     * @throws FlowException.UnexpectedSignal if the run does not wait for it, no longer waits, or has no edge for this action
     * @throws FlowException.BadPayload if the payload does not have the signal's type
     */
    public Run signal(String name, @Nullable String action, @Nullable Object payload) {
        execution.signal(name, null, action, payload, options.clock().instant());
        return this;
    }

    /**
     * Delivers the signal that a resumed run waits for, by its key. The payload keeps the key's type and secrecy.
     *
     * @param key the signal's name and the payload's type
     * @param action picks the edge; {@code null} or {@code ""} means {@code default}
     * @param payload is put into the store under the key; {@code null} puts no value
     * @param <T> the payload's type
     * @return this run
     */
    public <T extends @Nullable Object> Run signal(Key<T> key, @Nullable String action, @Nullable T payload) {
        execution.signal(key.name(), key, action, payload, options.clock().instant());
        return this;
    }

    /** Sets the source of step times, in nanoseconds. */
    Run nanoTime(LongSupplier nanoTime) {
        return with(options.withNanoTime(nanoTime));
    }

    /** {@return the run's ULID} */
    public String id() {
        return execution.origin().run();
    }

    /** {@return the number of this hop, from 0} */
    public int hop() {
        return execution.origin().hop();
    }

    /** {@return the steps' usage so far, by unit; see {@link Visit#use}} */
    public Map<String, Double> usage() {
        return execution.usage();
    }

    /** {@return the flow} */
    public Flow flow() {
        return flow;
    }

    /** {@return the last 100 finished steps, oldest first; a copy} */
    public List<RunEvent.StepFinished> path() {
        return execution.path();
    }

    /** {@return the visits made so far, nested flows included} */
    public int steps() {
        return execution.steps();
    }

    /**
     * Runs the flow on the calling thread until the run ends.
     *
     * @return the outcome
     * @throws IllegalStateException if this run was started before
     */
    public Outcome start() {
        return begin().start(options);
    }

    /**
     * Runs the flow on other threads until the run ends. Cancelling the stage's future is {@link #cancel()}.
     *
     * @return the outcome
     * @throws IllegalStateException if this run was started before
     */
    public CompletionStage<Outcome> startAsync() {
        return begin().startAsync(options);
    }

    /**
     * Stops the run before its next step or item, parked. It interrupts the step in progress, and cancels a pending stage. A
     * run that has ended does not change.
     */
    public void cancel() {
        execution.cancel();
    }

    private Execution begin() {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("run " + id() + " was started before: make another with Run.of(flow, store)");
        }
        return execution;
    }
}
