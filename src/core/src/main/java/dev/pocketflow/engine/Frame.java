package dev.pocketflow.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.pocketflow.FlowException;
import dev.pocketflow.Store;
import dev.pocketflow.engine.context.CarriedParts;
import dev.pocketflow.engine.context.ModelAccess;
import dev.pocketflow.engine.context.RunContext;
import dev.pocketflow.engine.position.Position;
import dev.pocketflow.internal.Actions;
import dev.pocketflow.internal.LogText;

/** A flow on a walker's stack: where it stands, and in which iteration. */
final class Frame {

    final Frame parent;
    final FlowGraph flow;
    final Store outer;
    /** The store with the params of the iteration. */
    Store shared;
    /** The node it stands on; null if the flow has not begun, or its parts run side by side. */
    Vertex at;
    /** The action of its step, until it is followed; else null. */
    String action;
    /** The pause at its step; null for none. */
    Position.Pause pause;
    /** The number of a visit that failed and is made again. For parallel parts, the number of the step before them. Else 0. */
    int step;
    /** The number of durable retries ({@code retryLater}) of its step that were begun. */
    int retries;
    /** The action of the signal that it waited for; null if none came. */
    String signalled;
    /** The progress of its batch node; null if that has not begun. */
    BatchProgress items;
    /** The parts of the flow that run side by side; null if there are none. */
    ParallelParts parts;
    /** True for a whole flow; false for one parallel iteration of it. */
    private final boolean whole;
    private List<Map<String, Object>> iterations;
    private int iteration;

    Frame(Frame parent, FlowGraph flow, Store outer, boolean whole) {
        this.whole = whole;
        this.parent = parent;
        this.flow = flow;
        this.outer = outer;
        this.shared = outer;
    }

    /** Stands in a pause that was saved. {@return false if its step cannot be in such a pause} */
    boolean rest(Position.Pause stay) {
        pause = stay;
        return at.visit.takes(stay);
    }

    /** Reads the params of the iterations, merged over those around it. */
    List<Map<String, Object>> iterations(RunContext run) {
        try {
            Collection<? extends Map<String, ?>> read = flow.iterations.apply(outer);
            List<Map<String, Object>> merged = new ArrayList<>();
            for (Map<String, ?> item : read == null ? List.<Map<String, ?>> of() : read) {
                Map<String, Object> params = new LinkedHashMap<>(outer.params());
                params.putAll(item);
                CarriedParts.params(item);
                item.forEach((name, value) -> run.check(value, null, "the param '" + LogText.of(name) + "'"));
                merged.add(params);
            }
            return merged;
        } catch (Throwable e) {
            throw FlowException.StepFailed.of(flow.name, null, "forEach", e);
        }
    }

    /** Stands on the first node. */
    void begin() {
        at = flow.first();
    }

    /** Stands in an iteration; -1 if they run side by side. */
    void iterate(List<Map<String, Object>> iterations, int index) {
        this.iterations = iterations;
        iteration = index;
        if (index >= 0) {
            shared = ModelAccess.get().with(outer, iterations.get(index));
        }
    }

    /** {@return whether there is a node to visit: the action's, or the first of the next iteration} */
    boolean follow(String action) {
        Vertex next = at == null ? null : at.edges.get(action);
        if (next != null) {
            at = next;
            step = 0;
            return true;
        }
        return at != null && again(action);
    }

    /**
     * {@return whether another iteration begins after the graph ended with this action}
     *
     * @throws FlowException.UndeclaredAction if the node declares actions, and not this one. The frame keeps the action: a
     *         repaired graph can follow it
     */
    private boolean again(String answered) {
        if (!at.graphNode.ends().contains(answered) && !(at.graphNode.ends().isEmpty() && at.edges.isEmpty())) {
            action = answered;
            throw new FlowException.UndeclaredAction(flow.name, at.graphNode, answered);
        }
        if (iterations == null || iteration + 1 >= iterations.size()) {
            return false;
        }
        iterate(iterations, iteration + 1);
        begin();
        step = 0;
        return true;
    }

    /** {@return the flow's own action, after its graph ended with this one} */
    String close(String action) {
        if (!whole) {
            return action;
        }
        try {
            return flow.after(outer, flow.isBatch() ? Actions.DEFAULT : action);
        } catch (Throwable e) {
            throw FlowException.StepFailed.of(flow.name, null, "after", e);
        }
    }

    /**
     * {@return the frame as data}
     *
     * @param graph the fingerprint of the graph, for the first frame of a function; null for any other
     * @param remote whether a remote flow led to this frame
     * @param steps the visits of the parallel part that this frame is the first of; 0 for any other
     */
    Position.Frame snapshot(String graph, boolean remote, int steps) {
        return new Position.Frame(flow.name, at == null ? null : at.name, action, graph, remote,
                iterations == null ? null : new Position.Loop(iterations, iteration),
                at == null ? null : at.visit.snapshot(this),
                parts == null ? Map.of() : parts.snapshot(), pause, step, steps);
    }
}
