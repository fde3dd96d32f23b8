package dev.pocketflow.quarkus.internal;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import jakarta.inject.Singleton;

import dev.pocketflow.quarkus.RunSuspended;
import dev.pocketflow.quarkus.Suspensions;

/** The function's suspended runs. */
@Singleton
public class SuspendedRuns implements Suspensions {

    private final FlowFunction function;

    SuspendedRuns(FlowFunction function) {
        this.function = function;
    }

    @Override
    public RunSuspended open(String token) {
        return function.engine().open(token);
    }

    @Override
    public CompletionStage<String> signal(String token, String signal, String action, Object payload) {
        Input input = new Input(null, null, new Signal(token, signal, action, payload), null, null, null);
        return CompletableFuture
                .supplyAsync(() -> function.invocation(input, null, null), new RequestExecutor(FlowFunction.threads()))
                .thenCompose(Invocation::startAsync).thenApply(answer -> new String(answer.json(), StandardCharsets.UTF_8));
    }

    @Override
    public void cancel(String run) {
        function.engine().cancel(run);
    }
}
