package dev.pocketflow.cloud.lambda;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.pocketflow.cloud.invocation.DeadLetter;
import dev.pocketflow.cloud.invocation.InvocationAttempt;
import dev.pocketflow.cloud.invocation.InvokeResult;
import dev.pocketflow.cloud.invocation.LambdaError;
import dev.pocketflow.cloud.invocation.LambdaException;
import dev.pocketflow.cloud.invocation.LambdaInvocation;
import dev.pocketflow.testing.http.DaemonThreads;

/**
 * A function with its queue of events and its environments. Events start in the order of their arrival. The environment used
 * last is used first. Another one is created if all are busy, up to the function's concurrency. A broken one is replaced.
 */
final class FunctionHost implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(FunctionHost.class.getName());
    /** The most invocations of a function in one chain. Lambda's documentation says "approximately 16". */
    private static final int MOST_VISITS = 16;

    private final FunctionSpec spec;
    private final String id;
    private final int concurrency;
    private final Supplier<Environment> environments;
    private final InstantSource clock;
    private final Consumer<InvocationAttempt> listener;
    private final ExecutorService workers;

    private final Queue<Pending> queue = new ArrayDeque<>();
    private final Deque<Environment> idle = new ArrayDeque<>();
    private final Set<Environment> all = new HashSet<>();
    private final Set<CompletableFuture<InvokeResult>> open = new HashSet<>();
    private int busy;
    private boolean closed;

    FunctionHost(FunctionSpec spec, Supplier<Environment> environments, InstantSource clock,
            Consumer<InvocationAttempt> listener) {
        this.spec = spec;
        this.environments = environments;
        this.clock = clock;
        this.listener = listener;
        id = spec.id();
        concurrency = spec.external ? 1 : spec.concurrency;
        workers = Executors.newCachedThreadPool(DaemonThreads.named("lambda-" + spec.name));
        if (spec.eager || spec.external) {
            idle.add(created());
        }
    }

    FunctionSpec spec() {
        return spec;
    }

    synchronized String runtimeApi() {
        if (!spec.external) {
            throw new IllegalStateException(
                    "Function " + spec.name + " is not external: each of its processes is told its own");
        }
        return ((ExecutionEnvironment) all.iterator().next()).runtimeApi();
    }

    /** Returns the event with one more invocation in its chain. */
    LambdaInvocation entering(LambdaInvocation invocation) {
        return invocation.into(id);
    }

    /** The reason why the chain of an entering event ends here; null if it may continue. */
    String recursion(LambdaInvocation entering) {
        return spec.recursiveLoop == RecursiveLoop.ALLOW || entering.trace().visits(id) <= MOST_VISITS ? null
                : "Lambda detected that function " + spec.name + " is invoked in a recursive loop, and stopped it after "
                        + MOST_VISITS + " invocations. Set recursiveLoop(ALLOW) if that is meant";
    }

    /**
     * Queues the event. The result completes exceptionally if this is closed, and with {@link EventTooOld} if the event is too
     * old at its turn.
     */
    CompletableFuture<InvokeResult> submit(LambdaInvocation invocation) {
        CompletableFuture<InvokeResult> result = new CompletableFuture<>();
        synchronized (this) {
            if (!closed) {
                open.add(result);
                queue.add(new Pending(invocation, result));
                dispatch();
                return result;
            }
        }
        result.completeExceptionally(closed());
        return result;
    }

    /**
     * Queues the event as {@link #submit} does, for a synchronous caller.
     *
     * @throws LambdaException when the chain of the entering event must end here
     */
    CompletableFuture<InvokeResult> submitUnlessRecursive(LambdaInvocation entering) {
        String recursion = recursion(entering);
        if (recursion == null) {
            return submit(entering);
        }
        report(entering, InvokeResult.of(entering, LambdaError.notAsked(entering.requestId(),
                DeadLetter.RECURSIVE_INVOCATION, recursion), "", Duration.ZERO, Duration.ZERO));
        throw new LambdaException(400, "RecursiveInvocationException", recursion);
    }

    /** {@return the number of processes that were ended} */
    int kill() {
        Set<Environment> there;
        synchronized (this) {
            there = Set.copyOf(all);
        }
        return (int) there.stream().filter(Environment::kill).count();
    }

    /** Reports the result of an event to the listener. An exception of the listener is logged. */
    void report(LambdaInvocation invocation, InvokeResult result) {
        try {
            listener.accept(InvocationAttempt.of(clock.instant(), spec.name, invocation, result));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "The listener of function " + spec.name + " failed", e);
        }
    }

    @Override
    public void close() {
        Set<Environment> environmentsLeft;
        Set<CompletableFuture<InvokeResult>> unanswered;
        synchronized (this) {
            closed = true;
            environmentsLeft = Set.copyOf(all);
            unanswered = Set.copyOf(open);
            queue.clear();
        }
        workers.shutdownNow();
        unanswered.forEach(result -> result.completeExceptionally(closed()));
        environmentsLeft.forEach(Environment::close);
    }

    /** Starts the next event if there is one and an environment is free. The caller holds the lock. */
    private void dispatch() {
        if (busy < concurrency && !queue.isEmpty()) {
            Pending next = queue.remove();
            Environment warm = idle.poll();
            try {
                workers.execute(() -> work(next, warm));
                busy++;
            } catch (RejectedExecutionException e) {
                next.result.completeExceptionally(closed());
            }
        }
    }

    /** @param warm an environment that waits, or null */
    private void work(Pending pending, Environment warm) {
        Environment environment = warm;
        InvokeResult result = null;
        RuntimeException trouble = null;
        try {
            if (pending.invocation.notAfter() != null && clock.instant().isAfter(pending.invocation.notAfter())) {
                throw new EventTooOld();
            }
            while (result == null) {
                environment = usable(environment);
                result = environment.serve(pending.invocation);
            }
        } catch (InterruptedException e) {
            trouble = closed();
        } catch (RuntimeException e) {
            trouble = e;
        }
        release(environment);
        // Only now, so that who has waited for it finds the environment free.
        settle(pending, result, trouble);
    }

    private void settle(Pending pending, InvokeResult result, RuntimeException trouble) {
        synchronized (this) {
            open.remove(pending.result);
        }
        if (trouble != null) {
            pending.result.completeExceptionally(trouble);
            return;
        }
        report(pending.invocation, result);
        pending.result.complete(result);
    }

    /** Returns the environment, or another one if it is null or has ended. */
    private Environment usable(Environment environment) {
        Environment candidate = environment;
        while (candidate != null && !candidate.isUsable()) {
            discard(candidate);
            synchronized (this) {
                candidate = idle.poll();
            }
        }
        return candidate == null ? created() : candidate;
    }

    private Environment created() {
        Environment fresh = environments.get();
        synchronized (this) {
            if (!closed) {
                all.add(fresh);
                return fresh;
            }
        }
        fresh.close();
        throw closed();
    }

    private void release(Environment environment) {
        boolean usable = environment != null && environment.isUsable();
        if (!usable) {
            discard(environment);
        }
        synchronized (this) {
            if (usable) {
                idle.push(environment);
            }
            busy--;
            dispatch();
        }
    }

    private void discard(Environment environment) {
        if (environment != null) {
            environment.close();
            synchronized (this) {
                all.remove(environment);
            }
        }
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("The local lambda was closed");
    }

    private record Pending(LambdaInvocation invocation, CompletableFuture<InvokeResult> result) {
    }

    /** The event expired before the function got it. */
    static final class EventTooOld extends RuntimeException {

        private static final long serialVersionUID = 1L;

        EventTooOld() {
            super("The event's maximum age is over", null, false, false);
        }
    }
}
