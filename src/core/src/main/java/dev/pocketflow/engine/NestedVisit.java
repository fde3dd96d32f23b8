package dev.pocketflow.engine;

import dev.pocketflow.Flow;
import dev.pocketflow.internal.CancellationScope;

/** A visit to a nested flow: a frame of its own on the walker's stack. */
final class NestedVisit extends StepVisit {

    private final Flow flow;

    NestedVisit(Flow flow) {
        this.flow = flow;
    }

    /** {@return the graph of the flow; made at its first visit, since flows may nest deeper than the thread's stack} */
    FlowGraph graph() {
        return FlowGraph.of(flow);
    }

    @Override
    boolean walk(Walker walker, CancellationScope scope, boolean waiting) {
        walker.recorder().admit(walker.top());
        walker.enter(graph());
        return true;
    }
}
