package dev.pocketflow.quarkus.internal;

import java.util.concurrent.Executor;

import io.quarkus.arc.Arc;
import io.quarkus.arc.InjectableContext.ContextState;
import io.quarkus.arc.ManagedContext;

/** Runs tasks in the request context of the thread that made it, so that a run sees one context on all its threads. */
final class RequestExecutor implements Executor {

    private final Executor threads;
    private final ContextState request;

    RequestExecutor(Executor threads) {
        this.threads = threads;
        this.request = Arc.container().requestContext().getStateIfActive();
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(request == null ? task : () -> inRequest(task));
    }

    private void inRequest(Runnable task) {
        ManagedContext context = Arc.container().requestContext();
        context.activate(request);
        try {
            task.run();
        } finally {
            context.deactivate();
        }
    }
}
