package dev.pocketflow.quarkus.internal.engine;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

import dev.pocketflow.BatchNode;
import dev.pocketflow.GraphNode;
import dev.pocketflow.Run;
import dev.pocketflow.RunEvent;
import dev.pocketflow.quarkus.config.HandOverConfig;

/** Tells whether the next step may take longer than the invocation has left. Thread-safe. */
final class HopBudget implements Predicate<GraphNode> {

    private final OptionalInt steps;
    private final Duration margin;
    private final Supplier<Duration> left; // null without a limit
    private final StepDurations times;
    private final Run run;
    private final int before; // the steps of the run when this hop began
    private final LongSupplier nanoTime;
    private final AtomicReference<Asked> last = new AtomicReference<>();

    private record Asked(GraphNode vertex, long at) {
    }

    /** @param left the time that the invocation has; null without a limit */
    HopBudget(HandOverConfig.Budget config, StepDurations times, Run run, Supplier<Duration> left, LongSupplier nanoTime) {
        this.steps = config.steps();
        this.margin = config.margin();
        this.left = left;
        this.times = times;
        this.run = run;
        this.before = run.steps();
        this.nanoTime = nanoTime;
    }

    /** Learns how long a step takes, if the time is limited. */
    void seen(RunEvent.StepFinished step) {
        if (left != null && step.attempts() > 0) { // a wait uses no time of the invocation
            times.seen(step);
        }
    }

    /** {@return a listener that learns how long each step took, before it tells another listener} */
    Consumer<RunEvent> learning(Consumer<RunEvent> listener) {
        return event -> {
            if (event instanceof RunEvent.StepFinished step) {
                seen(step);
            }
            listener.accept(event);
        };
    }

    @Override
    public boolean test(GraphNode next) {
        if (steps.isPresent() && run.steps() - before >= steps.getAsInt()) {
            return true;
        }
        if (left == null) {
            return false;
        }
        if (next.step() instanceof BatchNode) {
            long now = nanoTime.getAsLong();
            Asked previous = last.getAndSet(new Asked(next, now));
            if (previous != null && previous.vertex == next) {
                times.seenItem(next, now - previous.at);
            }
        }
        return left.get().compareTo(margin.plus(times.of(next))) < 0;
    }
}
