package dev.pocketflow.engine;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.pocketflow.AsyncNode;
import dev.pocketflow.Await;
import dev.pocketflow.BatchNode;
import dev.pocketflow.Flow;
import dev.pocketflow.GraphNode;
import dev.pocketflow.Node;
import dev.pocketflow.RemoteFlow;
import dev.pocketflow.Step;
import dev.pocketflow.Wait;

/** A node of a graph with the kind of its step, which is chosen once: a cast at every visit would cost more than the visit. */
final class Vertex {

    final GraphNode graphNode;
    final String name;
    final String place; // for messages
    final Map<String, Vertex> edges = new LinkedHashMap<>(); // filled by the graph
    final GraphNode.RetryLater retryLater; // null if a failure ends the run

    final StepVisit visit;

    Vertex(String flow, GraphNode graphNode) {
        this.graphNode = graphNode;
        this.name = graphNode.name();
        this.place = "node '" + name + "' of flow '" + flow + "'";
        this.retryLater = graphNode.retryLater().orElse(null);
        this.visit = visit(graphNode.step());
    }

    @SuppressWarnings("unchecked") // a node takes what its own prep and exec have returned
    private static StepVisit visit(Step step) {
        if (step instanceof Node<?, ?> node) {
            return new NodeVisit((Node<Object, Object>) node);
        } else if (step instanceof BatchNode<?, ?> batch) {
            return new BatchVisit((BatchNode<Object, Object>) batch);
        } else if (step instanceof AsyncNode<?, ?> async) {
            return new AsyncVisit((AsyncNode<Object, Object>) async);
        } else if (step instanceof Flow flow) {
            return new NestedVisit(flow);
        } else if (step instanceof RemoteFlow remote) {
            return new RemoteVisit(remote);
        }
        return step instanceof Wait wait ? new PauseVisit(wait) : new PauseVisit((Await) step);
    }

    /** {@return what the step waits for; null if it waits for no signal} */
    Await awaits() {
        return visit instanceof PauseVisit pause ? pause.await() : null;
    }
}
