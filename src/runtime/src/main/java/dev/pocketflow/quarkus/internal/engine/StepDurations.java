package dev.pocketflow.quarkus.internal.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.microprofile.config.ConfigProvider;

import dev.pocketflow.BatchNode;
import dev.pocketflow.GraphNode;
import dev.pocketflow.RunEvent;

/**
 * Estimates how long the next step may take: its {@code @Timeout}, or the longest time that this function or the run's path has
 * seen. For a batch node it estimates one item. Thread-safe.
 */
public final class StepDurations {

    private static final List<String> EXECS = List.of("/exec", "/execUni");

    /** The {@code @Timeout} of each node's {@code exec} as annotated, in milliseconds, by class and method. */
    private final Map<String, Long> timeouts;
    private final Map<Class<?>, Long> bounds = new ConcurrentHashMap<>();
    private final Map<String, Long> longest = new ConcurrentHashMap<>();
    private final Map<String, Long> longestItem = new ConcurrentHashMap<>();

    public StepDurations(Map<String, Long> timeouts) {
        this.timeouts = timeouts;
    }

    void seen(RunEvent.StepFinished step) {
        long nanos = step.duration().toNanos();
        longest.merge(step.node(), nanos, Math::max);
        longestItem.merge(step.node(), nanos / Math.max(1, step.attempts()), Math::max);
    }

    /** @param nanos between two items of a batch that continues */
    void seenItem(GraphNode batch, long nanos) {
        longestItem.merge(batch.name(), nanos, Math::max);
    }

    Duration of(GraphNode next) {
        long bound = bounds.computeIfAbsent(next.step().getClass(), this::timeout);
        if (bound > 0) {
            return Duration.ofMillis(bound);
        }
        Map<String, Long> seen = next.step() instanceof BatchNode ? longestItem : longest;
        return Duration.ofNanos(seen.getOrDefault(next.name(), 0L));
    }

    /** The container's proxies are subclasses. MicroProfile's configuration wins over the annotation. */
    private long timeout(Class<?> step) {
        for (Class<?> type = step; type != null; type = type.getSuperclass()) {
            for (String method : EXECS) {
                String exec = type.getName() + method;
                Long annotated = timeouts.get(exec);
                if (annotated != null) {
                    return configured(exec + "/Timeout/value")
                            .or(() -> configured("quarkus.fault-tolerance.\"" + exec + "\".timeout.value")).orElse(annotated);
                }
            }
        }
        return 0;
    }

    private static Optional<Long> configured(String key) {
        return ConfigProvider.getConfig().getOptionalValue(key, Long.class);
    }
}
