package dev.pocketflow.quarkus.internal.entry;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import jakarta.inject.Singleton;

import dev.pocketflow.quarkus.Flows;
import dev.pocketflow.quarkus.ReactiveFlows;
import dev.pocketflow.quarkus.RunResult;
import dev.pocketflow.quarkus.RunStatus;
import dev.pocketflow.quarkus.RunSuspended;
import dev.pocketflow.quarkus.StartOptions;
import dev.pocketflow.quarkus.internal.engine.BegunHop;
import dev.pocketflow.quarkus.internal.response.RunResultReader;
import io.quarkus.runtime.BlockingOperationControl;

/** Makes {@link Flows} available as a bean. Runs work on the calling thread. */
@Singleton
public class FlowsBean implements Flows {

    private final FlowFunction function;
    private final RunStarter starter;
    private final ReactiveFlows reactive;

    FlowsBean(FlowFunction function, RunStarter starter, ReactiveFlows reactive) {
        this.function = function;
        this.starter = starter;
        this.reactive = reactive;
    }

    @Override
    public RunResult start(String flow, Object input, StartOptions options) {
        if (!options.waits()) {
            mayBlock();
            return starter.startDetached(flow, input, options);
        }
        return run(() -> starter.start(flow, input, options));
    }

    @Override
    public RunResult resume(byte[] envelope) {
        return run(() -> starter.resume(envelope));
    }

    @Override
    public RunResult signal(String token, String action, Object payload) {
        return run(() -> starter.signal(token, action, payload));
    }

    private static RunResult run(Supplier<BegunHop> begin) {
        mayBlock();
        return RunResultReader.of(RequestScope.call(() -> begin.get().start()));
    }

    private static void mayBlock() {
        if (!BlockingOperationControl.isBlockingAllowed()) {
            throw new IllegalStateException("thread " + Thread.currentThread().getName()
                    + " must not block, and Flows does. Use flows.reactive(), or annotate the method with @Blocking or "
                    + "@RunOnVirtualThread");
        }
    }

    @Override
    public RunSuspended open(String token) {
        mayBlock();
        return function.engine().open(token);
    }

    @Override
    public void cancel(String run) {
        mayBlock();
        function.engine().cancel(run);
    }

    @Override
    public Optional<RunStatus> status(String run) {
        mayBlock();
        return function.statuses().reader().read(run);
    }

    @Override
    public CompletableFuture<RunResult> outcome(String run) {
        return function.statuses().outcomes().outcome(run);
    }

    @Override
    public ReactiveFlows reactive() {
        return reactive;
    }
}
