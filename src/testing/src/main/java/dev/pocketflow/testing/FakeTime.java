package dev.pocketflow.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * A clock that a test turns. It begins at 2026-01-01T00:00:00Z and stands still until a test calls {@link #advance(Duration)}.
 * The local Lambda and the local scheduler of {@code pocketflow-local-cloud} take it as their clock. Thread-safe.
 *
 * <pre>{@code
 * lambda.invokeAsync("agent", event);
 * time.awaitTimer(Duration.ofSeconds(10)); // the first attempt has failed, and the second is to be a minute later
 * time.advance(Duration.ofMinutes(1));
 * }</pre>
 */
public final class FakeTime implements InstantSource {

    private final PriorityQueue<Timer> timers = new PriorityQueue<>(
            Comparator.comparing(Timer::due).thenComparing(Timer::number));
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long timersSet;

    /** A clock at its beginning. */
    public FakeTime() {
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** Sets a timer. The task runs when the clock is turned that far; with a delay of zero at the next turn. */
    public synchronized void schedule(Duration delay, Runnable task) {
        timers.add(new Timer(now.plus(delay), timersSet++, task));
        notifyAll();
    }

    /** The number of timers that are set. */
    public synchronized int timers() {
        return timers.size();
    }

    /** Turns the clock. Runs the due tasks on this thread, each at its own time. */
    public void advance(Duration duration) {
        Instant until = instant().plus(duration);
        for (Timer next = due(until); next != null; next = due(until)) {
            next.task().run();
        }
    }

    /**
     * Waits until a timer is set, for a timer whose moment the test does not know.
     *
     * @param realTime the longest wait, by the system's clock
     * @return the time by which the clock must be turned to reach the earliest timer
     * @throws TimeoutException when no timer is set in that time
     * @throws InterruptedException when the thread is interrupted
     */
    public synchronized Duration awaitTimer(Duration realTime) throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + realTime.toNanos();
        while (timers.isEmpty()) {
            long leftMillis = (end - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                throw new TimeoutException("No timer was set within " + realTime);
            }
            wait(leftMillis);
        }
        return Duration.between(now, timers.element().due());
    }

    private synchronized @Nullable Timer due(Instant until) {
        if (timers.isEmpty() || timers.element().due().isAfter(until)) {
            now = until.isAfter(now) ? until : now;
            return null;
        }
        Timer next = timers.remove();
        now = next.due().isAfter(now) ? next.due() : now;
        return next;
    }

    private record Timer(Instant due, long number, Runnable task) {
    }
}
