package dev.pocketflow.quarkus.internal.status;

import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;

import dev.pocketflow.quarkus.RunResult;
import dev.pocketflow.quarkus.RunStatus;

/** Waits for the end of runs, wherever they work. It asks the ledger, at first often, later more rarely. Thread-safe. */
public final class OutcomeWatch {

    /** The time before the ledger is asked for the second time. */
    static final Duration FIRST = Duration.ofMillis(50);

    private final Function<String, Optional<RunStatus>> status;
    private final Duration most;
    private final Executor threads;
    private final BiConsumer<Duration, Runnable> later;

    /**
     * @param status may block
     * @param most the longest time between two questions
     * @param threads may block
     * @param later runs a task after a time, on threads that may block
     */
    public OutcomeWatch(Function<String, Optional<RunStatus>> status, Duration most, Executor threads,
            BiConsumer<Duration, Runnable> later) {
        this.status = status;
        this.most = most.compareTo(FIRST) < 0 ? FIRST : most;
        this.threads = threads;
        this.later = later;
    }

    /** {@return how a run ended} See {@link dev.pocketflow.quarkus.Flows#outcome}. */
    public CompletableFuture<RunResult> outcome(String run) {
        CompletableFuture<RunResult> outcome = new CompletableFuture<>();
        threads.execute(() -> ask(run, FIRST, outcome));
        return outcome;
    }

    private void ask(String run, Duration next, CompletableFuture<RunResult> outcome) {
        if (outcome.isDone()) { // nobody waits any more
            return;
        }
        try {
            RunStatus now = status.apply(run).orElseThrow(() -> new NoSuchElementException(RunStatusReader.unknown(run)));
            if (now instanceof RunResult.Completed || now instanceof RunResult.Failed) {
                outcome.complete((RunResult) now);
            } else {
                Duration longer = next.multipliedBy(2);
                later.accept(next, () -> ask(run, longer.compareTo(most) > 0 ? most : longer, outcome));
            }
        } catch (RuntimeException | Error e) {
            outcome.completeExceptionally(e);
        }
    }
}
