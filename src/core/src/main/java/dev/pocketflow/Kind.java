package dev.pocketflow;

import java.util.List;

import com.fasterxml.jackson.databind.JavaType;

import dev.pocketflow.internal.Json;

/** A step by its kind: a cast at every visit would cost more than the visit. */
class Kind {

    final Node<Object, Object> node;
    final BatchNode<Object, Object> batch;
    final AsyncNode<Object, Object> async;
    final Flow flow;
    final RemoteFlow remote;
    final boolean rest; // a Wait or an Await
    final List<JavaType> types; // of a batch node's items and results

    final String place; // for messages

    @SuppressWarnings("unchecked")
    Kind(Step step, String place) {
        this.place = place;
        this.node = step instanceof Node ? (Node<Object, Object>) step : null;
        this.batch = step instanceof BatchNode ? (BatchNode<Object, Object>) step : null;
        this.async = step instanceof AsyncNode ? (AsyncNode<Object, Object>) step : null;
        this.flow = step instanceof Flow nested ? nested : null;
        this.remote = step instanceof RemoteFlow elsewhere ? elsewhere : null;
        this.rest = step instanceof Wait || step instanceof Await;
        this.types = batch == null ? List.of() : Json.parameters(batch, BatchNode.class);
    }
}
