package dev.pocketflow.quarkus.internal.entry;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import jakarta.inject.Singleton;

import dev.pocketflow.quarkus.ReactiveFlows;
import dev.pocketflow.quarkus.RunResult;
import dev.pocketflow.quarkus.RunStatus;
import dev.pocketflow.quarkus.RunSuspended;
import dev.pocketflow.quarkus.StartOptions;
import dev.pocketflow.quarkus.internal.engine.BegunHop;
import dev.pocketflow.quarkus.internal.engine.RequestContextExecutor;
import dev.pocketflow.quarkus.internal.response.HopResponse;
import dev.pocketflow.quarkus.internal.response.RunResultReader;
import io.smallrye.mutiny.Uni;

/** Makes {@link ReactiveFlows} available as a bean. Runs work on threads of their own. */
@Singleton
public class ReactiveFlowsBean implements ReactiveFlows {

    private final FlowFunction function;
    private final RunStarter starter;

    ReactiveFlowsBean(FlowFunction function, RunStarter starter) {
        this.function = function;
        this.starter = starter;
    }

    @Override
    public Uni<RunResult> start(String flow, Object input, StartOptions options) {
        return options.waits() ? run(() -> starter.start(flow, input, options))
                : call(() -> starter.startDetached(flow, input, options));
    }

    @Override
    public Uni<RunResult> resume(byte[] envelope) {
        return run(() -> starter.resume(envelope));
    }

    @Override
    public Uni<RunResult> signal(String token, String action, Object payload) {
        return run(() -> starter.signal(token, action, payload));
    }

    @Override
    public Uni<RunSuspended> open(String token) {
        return call(() -> function.engine().open(token));
    }

    @Override
    public Uni<Void> cancel(String run) {
        return call(() -> {
            function.engine().cancel(run);
            return null;
        });
    }

    @Override
    public Uni<Optional<RunStatus>> status(String run) {
        return call(() -> function.statuses().reader().read(run));
    }

    @Override
    public Uni<RunResult> outcome(String run) {
        return Uni.createFrom().completionStage(() -> function.statuses().outcomes().outcome(run));
    }

    private static Uni<RunResult> run(Supplier<BegunHop> begin) {
        return Uni.createFrom().completionStage(() -> RequestScope.begin(() -> CompletableFuture
                .supplyAsync(begin, RequestContextExecutor.create()).thenCompose(ReactiveFlowsBean::answer)
                .thenApply(RunResultReader::of)));
    }

    private static CompletionStage<HopResponse> answer(BegunHop hop) {
        return RequestContextExecutor.mayWait() ? CompletableFuture.completedFuture(hop.start()) : hop.startAsync();
    }

    private static <T> Uni<T> call(Supplier<T> work) {
        return Uni.createFrom().completionStage(() -> CompletableFuture.supplyAsync(work, RequestContextExecutor.create()));
    }
}
