package dev.pocketflow.quarkus.internal.entry;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import jakarta.inject.Singleton;

import dev.pocketflow.quarkus.RunSuspended;
import dev.pocketflow.quarkus.Suspensions;
import dev.pocketflow.quarkus.internal.engine.BegunHop;
import dev.pocketflow.quarkus.internal.engine.EntryEvent;
import dev.pocketflow.quarkus.internal.engine.HopEngine;
import dev.pocketflow.quarkus.internal.engine.RequestContextExecutor;
import dev.pocketflow.quarkus.internal.signal.Signal;

/** Makes {@link Suspensions} available as a bean. */
@Singleton
public class SuspendedRunsBean implements Suspensions {

    private final FlowFunction function;

    SuspendedRunsBean(FlowFunction function) {
        this.function = function;
    }

    @Override
    public RunSuspended open(String token) {
        return function.engine().open(token);
    }

    @Override
    public CompletionStage<String> signal(String token, String signal, String action, Object payload) {
        EntryEvent input = new EntryEvent.SignalRun(new Signal(token, signal, action, payload));
        return CompletableFuture
                .supplyAsync(() -> function.begin(input, HopEngine.Caller.PLAIN), RequestContextExecutor.create())
                .thenCompose(BegunHop::startAsync).thenApply(answer -> new String(answer.json(), StandardCharsets.UTF_8));
    }

    @Override
    public void cancel(String run) {
        function.engine().cancel(run);
    }
}
