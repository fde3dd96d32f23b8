package dev.pocketflow.quarkus.internal.entry;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.quarkus.arc.Arc;
import io.quarkus.arc.InjectableContext.ContextState;
import io.quarkus.arc.ManagedContext;

/** Gives a run a request context of its own, unless the calling thread has one. */
public final class RequestScope {

    private RequestScope() {
    }

    /** Does work that ends on this thread. */
    public static <T> T call(Supplier<T> work) {
        ManagedContext request = Arc.container().requestContext();
        if (request.isActive()) {
            return work.get();
        }
        request.activate();
        try {
            return work.get();
        } finally {
            request.terminate();
        }
    }

    /** Begins work that may end on other threads. The context is destroyed then. */
    static <T> CompletionStage<T> begin(Supplier<CompletionStage<T>> work) {
        ManagedContext request = Arc.container().requestContext();
        if (request.isActive()) {
            return work.get();
        }
        ContextState state = request.activate();
        CompletionStage<T> begun;
        try {
            begun = work.get();
        } catch (RuntimeException | Error e) {
            request.destroy(state);
            throw e;
        } finally {
            request.deactivate();
        }
        return begun.whenComplete((result, failure) -> request.destroy(state));
    }
}
