package dev.pocketflow.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JavaType;

import dev.pocketflow.AsyncNode;
import dev.pocketflow.Await;
import dev.pocketflow.BatchNode;
import dev.pocketflow.Flow;
import dev.pocketflow.GraphNode;
import dev.pocketflow.Node;
import dev.pocketflow.RemoteFlow;
import dev.pocketflow.Step;
import dev.pocketflow.Wait;
import dev.pocketflow.internal.json.Json;

/** A node of a graph by the kind of its step: a cast at every visit would cost more than the visit. */
final class Vertex {

    final GraphNode graphNode;
    final String name;
    final Step step;
    final String place; // for messages
    final Map<String, Vertex> edges = new LinkedHashMap<>(); // filled by the graph
    final GraphNode.RetryLater retryLater; // null where a failure ends the run

    final Node<Object, Object> node;
    final BatchNode<Object, Object> batch;
    final AsyncNode<Object, Object> async;
    final Flow flow;
    final RemoteFlow remote;
    final boolean rest; // a Wait or an Await
    final List<JavaType> types; // of a batch node's items and results

    @SuppressWarnings("unchecked")
    Vertex(String flow, GraphNode graphNode) {
        this.graphNode = graphNode;
        this.name = graphNode.name();
        this.step = graphNode.step();
        this.place = "node '" + name + "' of flow '" + flow + "'";
        this.retryLater = graphNode.retryLater().orElse(null);
        this.node = step instanceof Node ? (Node<Object, Object>) step : null;
        this.batch = step instanceof BatchNode ? (BatchNode<Object, Object>) step : null;
        this.async = step instanceof AsyncNode ? (AsyncNode<Object, Object>) step : null;
        this.flow = step instanceof Flow nested ? nested : null;
        this.remote = step instanceof RemoteFlow elsewhere ? elsewhere : null;
        this.rest = step instanceof Wait || step instanceof Await;
        this.types = batch == null ? List.of() : Json.parameters(batch, BatchNode.class);
    }

    /** {@return the graph of the nested flow; made at its first visit, since flows may nest deeper than the thread's stack} */
    FlowGraph nested() {
        return FlowGraph.of(flow);
    }
}
