package dev.pocketflow;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import dev.pocketflow.internal.Threads;

/**
 * One execution of a flow: configured, started once, and observed from any thread.
 *
 * <pre>{@code
 * Run run = Run.of(agent, store).maxSteps(50).listener(event -> log(event));
 * Outcome outcome = run.start();
 * }</pre>
 */
public final class Run {

    /** The step limit of a run that sets none. */
    public static final int DEFAULT_MAX_STEPS = 10_000;

    private static final System.Logger LOG = System.getLogger(Run.class.getPackageName());

    private final Flow flow;
    private final Store store;
    private final Path path = new Path();
    private final Slot slot = new Slot(null);
    private final AtomicBoolean started = new AtomicBoolean();
    private final String id = Ulid.next();
    private Consumer<? super StepEvent> listener;
    private int maxSteps = DEFAULT_MAX_STEPS;
    private Supplier<Duration> remaining;
    private Executor executor;
    private LongSupplier nanoTime = System::nanoTime;
    private volatile Walker walker;

    private Run(Flow flow, Store store) {
        this.flow = Objects.requireNonNull(flow, "flow");
        this.store = Objects.requireNonNull(store, "store");
    }

    /**
     * A run that has yet to be started.
     *
     * @param flow the flow
     * @param store the run's store, which the run changes
     * @return the run
     */
    public static Run of(Flow flow, Store store) {
        return new Run(flow, store);
    }

    /**
     * Sets who is told of every step. A listener that throws is logged, and the run goes on.
     *
     * @param listener called on the threads of the steps, so concurrently in parallel parts
     * @return this run
     */
    public Run listener(Consumer<? super StepEvent> listener) {
        this.listener = Objects.requireNonNull(listener, "listener");
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
        this.maxSteps = maxSteps;
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
        this.remaining = Objects.requireNonNull(remaining, "remaining");
        return this;
    }

    /**
     * Sets where parallel parts, and {@link #startAsync()}, find threads. The default is virtual threads from Java 21 on, else
     * a
     * pool of daemon threads, the larger of 32 and eight per processor.
     *
     * @param executor may run tasks late, or reject them: the run's own thread takes part in the work, and a rejected
     *        asynchronous run is walked by the thread that started it, or that completed its stage
     * @return this run
     */
    public Run executor(Executor executor) {
        this.executor = Objects.requireNonNull(executor, "executor");
        return this;
    }

    /** What step times are measured with, in nanoseconds. */
    Run nanoTime(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        return this;
    }

    /** {@return the run's ULID} */
    public String id() {
        return id;
    }

    /** {@return the flow} */
    public Flow flow() {
        return flow;
    }

    /** {@return the last 100 finished steps, oldest first; a copy} */
    public List<StepEvent.Finished> path() {
        return path.last();
    }

    /** {@return the visits made so far, nested flows included} */
    public int steps() {
        return path.steps();
    }

    /**
     * Walks the flow on the calling thread until the run ends.
     *
     * @return how it ended
     * @throws IllegalStateException if this run was started before
     */
    public Outcome start() {
        return walk(walker(), true);
    }

    /**
     * Walks the flow on other threads until the run ends. Cancelling the stage's future is {@link #cancel()}.
     *
     * @return how it ended
     * @throws IllegalStateException if this run was started before
     */
    public CompletionStage<Outcome> startAsync() {
        Walker walker = walker();
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        outcome.whenComplete((done, failure) -> {
            if (outcome.isCancelled()) {
                cancel();
            }
        });
        hand(walker, outcome);
        return outcome;
    }

    /**
     * Stops the run before its next step or item, parked, and interrupts the step in flight; a pending stage is cancelled. A
     * run
     * that has ended stays as it is.
     */
    public void cancel() {
        slot.cancel();
        if (walker != null) {
            walker.cancelPending();
        }
    }

    private Walker walker() {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("run " + id + " was started before: make another with Run.of(flow, store)");
        }
        walker = new Walker(this, flow, store);
        return walker;
    }

    /** Every way out of here ends in the outcome: nobody else would notice a run that is never walked on. */
    private void hand(Walker walker, CompletableFuture<Outcome> outcome) {
        try {
            executor().execute(() -> drive(walker, outcome));
        } catch (RejectedExecutionException e) {
            drive(walker, outcome);
        } catch (Throwable e) {
            outcome.completeExceptionally(e);
        }
    }

    private void drive(Walker walker, CompletableFuture<Outcome> outcome) {
        try {
            Outcome reached = walk(walker, false);
            if (reached != null) {
                outcome.complete(reached);
            } else {
                walker.pending().whenComplete((result, failure) -> hand(walker, outcome));
            }
        } catch (Throwable e) {
            outcome.completeExceptionally(e);
        }
    }

    /** {@return the outcome; null where a stage is pending and this thread is not to wait for it} */
    private Outcome walk(Walker walker, boolean waiting) {
        slot.enter();
        try {
            String action = walker.walk(slot, waiting);
            return action == null ? null : new Outcome.Completed(action, store);
        } catch (FlowException e) {
            return new Outcome.Failed(new Envelope(id, flow.name(), steps(), walker.position(), store, path()), stopped(e));
        } finally {
            slot.leave();
        }
    }

    /** A step that was interrupted by a cancellation is no failure of the step. */
    private FlowException stopped(FlowException e) {
        return slot.cancelled() && e instanceof FlowException.StepFailed step ? new FlowException.Stopped(step) : e;
    }

    /** Lets a visit begin, and gives it its number. */
    int admit(Flow current, Flow.Vertex vertex, Slot part) {
        check(current.name(), vertex.name(), part);
        if (remaining != null && remaining.get().compareTo(Duration.ZERO) <= 0) {
            throw new FlowException.Stopped(current.name(), vertex.name(), "because the invocation's time is up");
        }
        int sequence = part == slot ? path.begin(maxSteps) : path.beginBeside(maxSteps);
        if (sequence == 0) {
            throw new FlowException.Stopped(current.name(), vertex.name(), "because it has made its " + maxSteps
                    + " steps. If no loop runs wild here, raise the limit (Run.maxSteps, pocketflow.max-steps)");
        }
        return sequence;
    }

    /** Stops a part of the run that is no longer wanted. */
    void check(String current, String node, Slot part) {
        if (part.cancelled()) {
            throw new FlowException.Stopped(current, node,
                    slot.cancelled() ? FlowException.Stopped.CANCELLED : "because a part beside it failed");
        }
    }

    void finished(StepEvent.Finished step, Slot part) {
        if (part == slot) {
            path.add(step);
        } else {
            path.addBeside(step);
        }
        tell(step);
    }

    boolean listened() {
        return listener != null;
    }

    void tell(StepEvent event) {
        if (listener == null) {
            return;
        }
        try {
            listener.accept(event);
        } catch (Throwable e) {
            FlowException.fatal(e);
            LOG.log(System.Logger.Level.WARNING, "run " + id + ": a listener failed at " + event.node(), e);
        }
    }

    Optional<Duration> remaining() {
        return Optional.ofNullable(remaining).map(Supplier::get);
    }

    Executor executor() {
        return executor == null ? Threads.shared() : executor;
    }

    long now() {
        return nanoTime.getAsLong();
    }
}
