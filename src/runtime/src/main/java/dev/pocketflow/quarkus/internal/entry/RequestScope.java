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

    /** Begins work that may end on other threads, and that the caller waits for. Its own context is destroyed then. */
    static <T> CompletionStage<T> begin(Supplier<CompletionStage<T>> work) {
        return Arc.container().requestContext().isActive() ? work.get() : beginAnew(work);
    }

    /** Begins work that the caller does not wait for: the caller's context may end before. */
    static <T> CompletionStage<T> detach(Supplier<CompletionStage<T>> work) {
        ManagedContext request = Arc.container().requestContext();
        ContextState callers = request.getStateIfActive();
        if (callers == null) {
            return beginAnew(work);
        }
        request.deactivate();
        try {
            return beginAnew(work);
        } finally {
            request.activate(callers);
        }
    }

    private static <T> CompletionStage<T> beginAnew(Supplier<CompletionStage<T>> work) {
        ManagedContext request = Arc.container().requestContext();
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
