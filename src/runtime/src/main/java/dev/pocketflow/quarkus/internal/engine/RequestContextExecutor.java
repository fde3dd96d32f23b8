package dev.pocketflow.quarkus.internal.engine;

import java.util.concurrent.Executor;

import dev.pocketflow.internal.Threads;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InjectableContext.ContextState;
import io.quarkus.arc.ManagedContext;
import io.quarkus.runtime.ExecutorRecorder;

/** Runs tasks in the request context of the thread that made it, so that a run sees one context on all its threads. */
public final class RequestContextExecutor implements Executor {

    private final Executor threads;
    private final ContextState request;

    public RequestContextExecutor(Executor threads) {
        this.threads = threads;
        this.request = Arc.container().requestContext().getStateIfActive();
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(request == null ? task : () -> inRequest(task));
    }

    /** {@return an executor for the calling thread's request, on {@link #threads()}} */
    public static Executor create() {
        return new RequestContextExecutor(threads());
    }

    /** {@return the threads of runs: virtual ones from Java 21 on, else Quarkus's workers} */
    public static Executor threads() {
        return mayWait() ? Threads.shared() : ExecutorRecorder.getCurrent();
    }

    /** {@return whether the {@link #threads()} are virtual, so that they may block} */
    public static boolean mayWait() {
        return Runtime.version().feature() >= 21;
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
