package dev.pocketflow.quarkus.internal.http;

import java.util.concurrent.CompletionStage;

import dev.pocketflow.quarkus.internal.engine.HopExecution;
import dev.pocketflow.quarkus.internal.response.HopResponse;

/** A run that a request began. It holds the request's share until it is over, also where the caller has gone. */
public record StreamedRun(HopExecution invocation, HttpShare share) implements StepEventStream.Source {

    @Override
    public String id() {
        return invocation.id();
    }

    @Override
    public CompletionStage<HopResponse> startAsync() {
        share.hold();
        return invocation.startAsync().whenComplete((answer, refused) -> share.release());
    }

    @Override
    public void cancel() {
        invocation.cancel();
    }
}
