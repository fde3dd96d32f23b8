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

import dev.pocketflow.engine.Execution;
import dev.pocketflow.engine.context.ModelAccess;
import dev.pocketflow.engine.context.RunOptions;

/**
 * One execution of a flow: configured, started once, and observed from any thread.
 *
 * <pre>{@code
 * Run run = Run.of(agent, store).maxSteps(50).listener(event -> log(event));
 * Outcome outcome = run.start();
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

    /**
     * A run that has yet to be started.
     *
     * @param flow the flow
     * @param store the run's store, which the run changes
     * @return the run
     */
    public static Run of(Flow flow, Store store) {
        return new Run(flow, Envelope.first(flow, store));
    }

    /**
     * A run that goes on where an envelope left it, once it is started. What {@code prep} had read for a batch, and the items
     * and parallel parts that were done, are not done again.
     *
     * @param flow the flow that is {@link Envelope#target() to go on}; its nodes may be of other classes than before
     * @param envelope the run; its store is the run's from now on
     * @return the run
     * @throws FlowException.Drifted if the flow does not have what the envelope's frames stand on
     */
    public static Run resume(Flow flow, Envelope envelope) {
        return new Run(flow, envelope);
    }

    /**
     * Sets who is told of every step. A listener that throws is logged, and the run goes on.
     *
     * @param listener called on the threads of the steps, so concurrently in parallel parts
     * @return this run
     */
    public Run listener(Consumer<? super RunEvent> listener) {
        options = options.withListener(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Sets the guard against loops that never leave: a run that is about to make more visits is stopped. Entering a nested flow
     * counts as a visit. The default is {@value #DEFAULT_MAX_STEPS}.
     *
     * @param maxSteps at least 1
     * @return this run
     */
    public Run maxSteps(int maxSteps) {
        if (maxSteps < 1) {
            throw new IllegalArgumentException("maxSteps must be at least 1, was " + maxSteps);
        }
        options = options.withMaxSteps(maxSteps);
        return this;
    }

    /**
     * Sets the clock that the invocation lives by; asked before every step. A run whose time is up is stopped. By default
     * nothing limits it.
     *
     * @param remaining the time left; zero or less is none; called concurrently in parallel parts
     * @return this run
     */
    public Run remaining(Supplier<Duration> remaining) {
        options = options.withRemaining(Objects.requireNonNull(remaining, "remaining"));
        return this;
    }

    /**
     * Sets where parallel parts, and {@link #startAsync()}, find threads. The default is virtual threads from Java 21 on, else
     * a pool of daemon threads, the larger of 32 and eight per processor.
     *
     * @param executor may run tasks late, or reject them: the run's own thread takes part in the work, and a rejected
     *        asynchronous run is walked by the thread that started it, or that completed its stage
     * @return this run
     */
    public Run executor(Executor executor) {
        options = options.withExecutor(Objects.requireNonNull(executor, "executor"));
        return this;
    }

    /**
     * Sets when the run is to be handed over: asked before every step, and every item of a batch, with the node that is next.
     * The first step of a hop is not asked about, so that each makes progress. Parallel parts each come to their next step
     * first.
     *
     * @param due whether to stop here; called concurrently in parallel parts
     * @return this run
     */
    public Run handOverWhen(Predicate<GraphNode> due) {
        options = options.withHandOver(Objects.requireNonNull(due, "due"));
        return this;
    }

    /**
     * Sets what stops the run, parked: asked before every step and item.
     *
     * @param reason why to stop here, such as {@code because it has used 5000 tokens}; {@code null} to go on; called
     *        concurrently in parallel parts
     * @return this run
     */
    public Run stopWhen(Supplier<String> reason) {
        options = options.withStop(Objects.requireNonNull(reason, "reason"));
        return this;
    }

    /**
     * Sets what receives the run's envelope after every step and item: for checkpoints, and for tests of what a hand-over
     * changes. If another step follows, the run continues from the envelope that is returned.
     *
     * @param trip if it returns the envelope that it received, the run continues as it is; if it returns another one, the run
     *        continues with the store of that one
     * @return this run
     */
    public Run everyStep(UnaryOperator<Envelope> trip) {
        options = options.withEveryStep(Objects.requireNonNull(trip, "trip"));
        return this;
    }

    /**
     * Checks, for dev and test, that values survive a hop: what is put into the store, items and results of batches, params. A
     * node fails if one cannot be written as JSON, or is another one when it is read back. What a node read or put is checked
     * again when its visit ends. Objects without an equality of their own are compared field by field.
     *
     * @return this run
     */
    public Run checkValues() {
        options = options.withCheckValues(true);
        return this;
    }

    /**
     * Keeps no path: neither {@link #path()} nor an envelope has the steps that finish from here on, and where nobody listens
     * their times are not measured. A reading of the clock is most of what the walker adds to a step.
     *
     * @return this run
     */
    public Run withoutPath() {
        options = options.withPath(false);
        return this;
    }

    /**
     * Tells the listener nothing of what nodes emit, so that they need not come by it: see {@link Visit#isWatched}.
     *
     * @return this run
     */
    public Run withoutEmitted() {
        options = options.withEmitted(false);
        return this;
    }

    /**
     * Sets the clock that pauses go by. The default is the system's.
     *
     * @param clock asked when a pause begins, and whether it is over
     * @return this run
     */
    public Run clock(InstantSource clock) {
        options = options.withClock(Objects.requireNonNull(clock, "clock"));
        return this;
    }

    /** {@return the name of the signal that the run waits for, which {@link #signal} brings; {@code null} for none} */
    public String awaits() {
        return execution.signal();
    }

    /**
     * Brings the signal that a resumed run waits for: the run goes on with it when it is started.
     *
     * @param name the signal's name
     * @param action picks the edge; {@code null} or {@code ""} means {@code default}
     * @param payload is put into the store under the signal's name; {@code null} leaves no value there
     * @return this run
     * @throws FlowException.UnexpectedSignal if the run does not wait for it, or no longer, or not for this action
     * @throws FlowException.BadPayload if the payload is not of the signal's type
     */
    public Run signal(String name, String action, Object payload) {
        execution.signal(name, null, action, payload, options.clock().instant());
        return this;
    }

    /**
     * As {@link #signal(String, String, Object)}, by the key of {@link Await#signal(Key)}. The payload keeps the key's type and
     * secrecy, also if the run waits for the signal's name only.
     *
     * @param key the signal's name and the payload's type
     * @param action picks the edge; {@code null} or {@code ""} means {@code default}
     * @param payload is put into the store under the key; {@code null} leaves no value there
     * @param <T> the payload's type
     * @return this run
     */
    public <T> Run signal(Key<T> key, String action, T payload) {
        execution.signal(key.name(), key, action, payload, options.clock().instant());
        return this;
    }

    /** What step times are measured with, in nanoseconds. */
    Run nanoTime(LongSupplier nanoTime) {
        options = options.withNanoTime(nanoTime);
        return this;
    }

    /** {@return the run's ULID} */
    public String id() {
        return execution.origin().run();
    }

    /** {@return which hop of the run this is, from 0} */
    public int hop() {
        return execution.origin().hop();
    }

    /** {@return what the steps used so far, by unit; see {@link Visit#use}} */
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
     * Walks the flow on the calling thread until the run ends.
     *
     * @return how it ended
     * @throws IllegalStateException if this run was started before
     */
    public Outcome start() {
        begin();
        return execution.start(options);
    }

    /**
     * Walks the flow on other threads until the run ends. Cancelling the stage's future is {@link #cancel()}.
     *
     * @return how it ended
     * @throws IllegalStateException if this run was started before
     */
    public CompletionStage<Outcome> startAsync() {
        begin();
        return execution.startAsync(options);
    }

    /**
     * Stops the run before its next step or item, parked, and interrupts the step in flight; a pending stage is cancelled. A
     * run that has ended stays as it is.
     */
    public void cancel() {
        execution.cancel();
    }

    private void begin() {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("run " + id() + " was started before: make another with Run.of(flow, store)");
        }
    }
}
