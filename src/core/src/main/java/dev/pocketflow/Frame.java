package dev.pocketflow;

import java.util.List;
import java.util.Map;

/** A flow on a walker's stack: where it stands, and in which iteration. */
final class Frame {

    private static final System.Logger LOG = System.getLogger(Frame.class.getPackageName());

    final Frame parent;
    final Flow flow;
    final Store outer;
    /** The store with the params of the iteration. */
    Store shared;
    /** The node it stands on; null in a flow that only forks. */
    Flow.Vertex at;
    /** The walkers of a fork. */
    List<Walker> children = List.of();
    /** Whether this is the whole flow; false for one parallel iteration of it. */
    private final boolean whole;
    private List<Map<String, Object>> iterations;
    private int iteration;

    Frame(Frame parent, Flow flow, Store outer, boolean whole) {
        this.whole = whole;
        this.parent = parent;
        this.flow = flow;
        this.outer = outer;
        this.shared = outer;
    }

    /** Stands on the first node; of the first iteration where there are any. */
    void begin(List<Map<String, Object>> iterations) {
        this.iterations = iterations;
        at = flow.first();
        if (iterations != null) {
            shared = outer.with(iterations.get(0));
        }
    }

    /** {@return whether there is a node to visit: the action's, or the first of the next iteration} */
    boolean follow(String action) {
        Flow.Vertex next = at == null ? null : at.edges.get(action);
        if (next != null) {
            at = next;
            return true;
        }
        return at != null && again(action);
    }

    /** {@return whether another iteration begins where the graph ended with this action} */
    private boolean again(String action) {
        if (!at.edges().isEmpty() && !at.ends().contains(action)) {
            LOG.log(System.Logger.Level.WARNING, "flow ''{0}'' ends at node ''{1}'': action ''{2}'' is none of {3}. "
                    + "If it is meant to, declare it with ends(...)", flow.name(), at.name(), action, at.edges().keySet());
        }
        if (iterations == null || ++iteration == iterations.size()) {
            return false;
        }
        shared = outer.with(iterations.get(iteration));
        at = flow.first();
        return true;
    }

    /** {@return the flow's own action, once its graph has ended with this one} */
    String close(String action) {
        if (!whole) {
            return action;
        }
        try {
            return flow.after(outer, flow.isBatch() ? Flow.DEFAULT : action);
        } catch (Throwable e) {
            throw FlowException.StepFailed.of(flow.name(), null, "after", e);
        }
    }

    Envelope.Frame position() {
        return new Envelope.Frame(flow.name(), at == null ? null : at.name(), shared.params());
    }
}
