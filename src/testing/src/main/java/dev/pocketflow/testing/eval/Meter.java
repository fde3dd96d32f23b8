package dev.pocketflow.testing.eval;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.pocketflow.testing.eval.score.Answered;

/** Counts what an evaluation uses, and starts runs only within the budget. Thread-safe. */
final class Meter implements Answered.Spending {

    private final Budget budget;
    private final InstantSource clock;
    private final Instant start;
    private final Map<String, Double> usage = new TreeMap<>();
    private long calls;

    Meter(Budget budget, InstantSource clock) {
        this.budget = budget;
        this.clock = clock;
        this.start = clock.instant();
    }

    /** Counts a run that starts. Returns the reason if it may not. */
    synchronized Optional<String> start() {
        Optional<String> exhausted = budget.exhausted(spent());
        if (exhausted.isEmpty()) {
            calls++;
        }
        return exhausted;
    }

    @Override
    public synchronized void add(int more, Map<String, Double> units) {
        calls += more;
        units.forEach((unit, used) -> usage.merge(unit, used, Double::sum));
    }

    synchronized Budget.Spent spent() {
        return new Budget.Spent(calls, Collections.unmodifiableMap(new TreeMap<>(usage)),
                Duration.between(start, clock.instant()));
    }
}
