package dev.pocketflow.cloud.lambda;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.pocketflow.cloud.invocation.InvokeResult;
import dev.pocketflow.cloud.invocation.LambdaError;
import dev.pocketflow.cloud.invocation.LambdaInvocation;
import dev.pocketflow.cloud.invocation.LambdaInvocation.RuntimeAnswer;
import dev.pocketflow.testing.http.DaemonThreads;

/**
 * An environment with a thread for a handler. If the handler exceeds its time, it is interrupted and the environment is
 * discarded.
 */
final class HandlerEnvironment implements Environment {

    private static final byte[] NULL = "null".getBytes(StandardCharsets.UTF_8);

    private final LocalLambda lambda;
    private final FunctionSpec spec;
    private final ExecutorService thread;
    private volatile boolean broken;

    HandlerEnvironment(LocalLambda lambda, FunctionSpec spec) {
        this.lambda = lambda;
        this.spec = spec;
        thread = Executors.newSingleThreadExecutor(DaemonThreads.named("handler-" + spec.name));
    }

    @Override
    public boolean isUsable() {
        return !broken;
    }

    @Override
    public InvokeResult serve(LambdaInvocation invocation) throws InterruptedException {
        long started = System.nanoTime();
        Future<RuntimeAnswer> answer = thread.submit(() -> call(invocation));
        try {
            return result(invocation, answer.get(spec.timeout.toNanos(), TimeUnit.NANOSECONDS), started);
        } catch (TimeoutException e) {
            broken = true;
            answer.cancel(true);
            return result(invocation, LambdaError.timedOut(invocation.requestId(), spec.timeout), started);
        } catch (ExecutionException e) {
            return result(invocation, LambdaError.thrown(e.getCause()), started);
        }
    }

    @Override
    public boolean kill() {
        return false;
    }

    @Override
    public void close() {
        broken = true;
        thread.shutdownNow();
    }

    private RuntimeAnswer call(LambdaInvocation invocation) throws Exception {
        FunctionContext context = new FunctionContext(lambda, spec, invocation, Instant.now().plus(spec.timeout));
        byte[] response = spec.inProcess.handle(invocation.payload().clone(), context);
        if (response == null) {
            return new RuntimeAnswer(NULL, false);
        }
        return response.length > LambdaError.SYNC_BYTES ? LambdaError.responseTooLarge() : new RuntimeAnswer(response, false);
    }

    private static InvokeResult result(LambdaInvocation invocation, RuntimeAnswer answer, long startedNanos) {
        return InvokeResult.of(invocation, answer, "", Duration.ZERO, Duration.ofNanos(System.nanoTime() - startedNanos));
    }
}
