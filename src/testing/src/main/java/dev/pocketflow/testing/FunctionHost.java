package dev.pocketflow.testing;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** One function: its events, one at a time in the order they came, and the environment they run in, replaced when it breaks. */
final class FunctionHost implements AutoCloseable {

    private final FunctionSpec spec;
    private final String invokeApi;
    private final ExecutorService worker;
    private final Set<CompletableFuture<InvokeResult>> pending = ConcurrentHashMap.newKeySet();
    private ExecutionEnvironment environment;
    private boolean closed;

    FunctionHost(FunctionSpec spec, String invokeApi) {
        this.spec = spec;
        this.invokeApi = invokeApi;
        this.worker = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "lambda-" + spec.name);
            thread.setDaemon(true);
            return thread;
        });
        if (spec.eager || spec.external) {
            environment = new ExecutionEnvironment(spec, invokeApi);
        }
    }

    synchronized String runtimeApi() {
        if (!spec.external) {
            throw new IllegalStateException(
                    "Function " + spec.name + " is not external: each of its processes is told its own");
        }
        return environment.runtimeApi();
    }

    /** Queues the event. The result never completes exceptionally, except when this is closed. */
    CompletableFuture<InvokeResult> submit(Invocation invocation) {
        CompletableFuture<InvokeResult> result = new CompletableFuture<>();
        pending.add(result);
        result.whenComplete((value, failure) -> pending.remove(result));
        try {
            worker.execute(() -> serve(invocation, result));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(closed());
        }
        return result;
    }

    @Override
    public void close() {
        worker.shutdownNow();
        pending.forEach(result -> result.completeExceptionally(closed()));
        discard(true);
    }

    private void serve(Invocation invocation, CompletableFuture<InvokeResult> result) {
        try {
            InvokeResult answer = environment().serve(invocation);
            if (answer == null) {
                answer = environment().serve(invocation);
            }
            discard(false);
            result.complete(answer);
        } catch (InterruptedException e) {
            result.completeExceptionally(closed());
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    private synchronized ExecutionEnvironment environment() {
        discard(closed);
        if (closed) {
            throw closed();
        }
        if (environment == null) {
            environment = new ExecutionEnvironment(spec, invokeApi);
        }
        return environment;
    }

    /** Ends the environment when it is of no use any more, or for good. */
    private synchronized void discard(boolean forGood) {
        closed |= forGood;
        if (environment != null && (closed || !environment.isUsable())) {
            environment.close();
            environment = null;
        }
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("The local lambda was closed");
    }
}
