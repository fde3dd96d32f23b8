package dev.pocketflow.quarkus.internal.entry;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import dev.pocketflow.quarkus.internal.engine.BegunHop;
import dev.pocketflow.quarkus.internal.response.HopResponse;

/**
 * A run that works on other threads, in a request context of its own: its caller may be gone before it ends.
 *
 * @param hop that is started already
 * @param answer of that hop
 */
public record DetachedRun(BegunHop hop, CompletableFuture<HopResponse> answer) {

    /** @param begin throws what {@link FlowFunction#begin} does: then there is no run */
    public static DetachedRun start(Supplier<BegunHop> begin) {
        AtomicReference<BegunHop> begun = new AtomicReference<>();
        CompletableFuture<HopResponse> answer = RequestScope.detach(() -> {
            BegunHop hop = begin.get();
            hop.cancelToken(); // it is made at the first call, which must not be on two threads at once
            begun.set(hop);
            return hop.startAsync();
        }).toCompletableFuture();
        return new DetachedRun(begun.get(), answer);
    }
}
