package dev.pocketflow;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** A node of a flow: its name, its step and its edges. Immutable. */
public final class GraphNode {

    private final String name;
    private final Step step;
    private final Set<String> ends;
    private final @Nullable RetryLater retryLater; // null if a failure ends the run
    final Map<String, GraphNode> edges = new LinkedHashMap<>(); // filled while the flow is built

    GraphNode(String name, Step step, Set<String> ends, @Nullable RetryLater retryLater) {
        this.name = name;
        this.step = step;
        this.ends = ends;
        this.retryLater = retryLater;
    }

    /**
     * The durable retry of a node.
     *
     * @param delay the time before each repetition
     * @param times the number of repetitions, at least 1
     */
    public record RetryLater(Duration delay, int times) {
    }

    /** {@return the node's name in its flow} */
    public String name() {
        return name;
    }

    /** {@return the step of the node} */
    public Step step() {
        return step;
    }

    /** {@return the next nodes by action, in the order they were declared; unmodifiable} */
    public Map<String, GraphNode> edges() {
        return Collections.unmodifiableMap(edges);
    }

    /** {@return the actions that are declared to end the flow} */
    public Set<String> ends() {
        return ends;
    }

    /** {@return the durable retry of the node's {@code exec}; empty if a failure ends the run} */
    public Optional<RetryLater> retryLater() {
        return Optional.ofNullable(retryLater);
    }
}
