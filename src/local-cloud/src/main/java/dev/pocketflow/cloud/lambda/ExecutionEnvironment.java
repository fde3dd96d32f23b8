package dev.pocketflow.cloud.lambda;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import dev.pocketflow.cloud.invocation.InvokeResult;
import dev.pocketflow.cloud.invocation.LambdaError;
import dev.pocketflow.cloud.invocation.LambdaInvocation;
import dev.pocketflow.cloud.invocation.LambdaInvocation.RuntimeAnswer;

/**
 * An environment whose process this starts, or that was started elsewhere, and the Runtime API that the process calls. Used by
 * one thread at a time.
 */
final class ExecutionEnvironment implements Environment {

    private final FunctionSpec spec;
    private final RuntimeApi api;
    private final FunctionProcess process;
    private final CompletableFuture<Integer> exit;
    private final String startFailure;
    private final long startedNanos = System.nanoTime();
    private boolean cold = true;
    private boolean broken;

    ExecutionEnvironment(FunctionSpec spec, Map<String, String> endpoints) {
        this.spec = spec;
        api = new RuntimeApi(spec.port, spec.arn(), spec.timeout);
        FunctionProcess started = null;
        String failure = null;
        try {
            started = spec.external ? null : FunctionProcess.start(spec, api.authority(), endpoints);
        } catch (IOException e) {
            failure = e.getMessage();
        }
        process = started;
        startFailure = failure;
        exit = process == null ? new CompletableFuture<>() : process.exit();
    }

    String runtimeApi() {
        return api.authority();
    }

    @Override
    public boolean isUsable() {
        return !broken && (process == null || process.isAlive());
    }

    @Override
    public InvokeResult serve(LambdaInvocation invocation) throws InterruptedException {
        boolean first = cold;
        long logFrom = first || process == null ? 0 : process.logSize();
        cold = false;
        RuntimeAnswer trouble = awaitPoll(invocation.requestId());
        if (trouble != null) {
            broken = process != null;
            return exit.isDone() && !first ? null : result(invocation, trouble, logFrom, sinceStart(), Duration.ZERO);
        }
        Duration init = first && process != null ? Duration.ofNanos(api.polled().join() - startedNanos) : Duration.ZERO;
        long handedOver = System.nanoTime();
        RuntimeAnswer answer = invoke(invocation);
        return result(invocation, answer, logFrom, init, Duration.ofNanos(System.nanoTime() - handedOver));
    }

    @Override
    public boolean kill() {
        if (process == null) {
            return false;
        }
        process.kill();
        return true;
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
        api.close();
    }

    /** The error that keeps the runtime from taking an event; null when it waits for one. */
    private RuntimeAnswer awaitPoll(String requestId) throws InterruptedException {
        if (startFailure != null) {
            return LambdaError.notStarted(requestId, startFailure);
        }
        CompletableFuture<RuntimeAnswer> first = api.polled().<RuntimeAnswer> thenApply(nanos -> null)
                .applyToEither(api.initError(), Function.identity())
                .applyToEither(exit.thenApply(status -> LambdaError.exited(requestId, status)), Function.identity());
        return await(first, spec.initTimeout, LambdaError.neverPolled(requestId, spec.initTimeout));
    }

    private RuntimeAnswer invoke(LambdaInvocation invocation) throws InterruptedException {
        RuntimeAnswer timedOut = LambdaError.timedOut(invocation.requestId(), spec.timeout);
        api.offer(invocation);
        CompletableFuture<RuntimeAnswer> first = invocation.answer().applyToEither(
                exit.thenApply(status -> LambdaError.exited(invocation.requestId(), status)), Function.identity());
        RuntimeAnswer answer = await(first, spec.timeout, timedOut);
        api.withdraw();
        broken = answer == timedOut && process != null;
        return answer;
    }

    private static RuntimeAnswer await(CompletableFuture<RuntimeAnswer> answer, Duration timeout, RuntimeAnswer otherwise)
            throws InterruptedException {
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return otherwise;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private InvokeResult result(LambdaInvocation invocation, RuntimeAnswer answer, long logFrom, Duration init,
            Duration duration) {
        return InvokeResult.of(invocation, answer, process == null ? "" : process.logTail(logFrom), init, duration);
    }

    private Duration sinceStart() {
        return process == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - startedNanos);
    }
}
