package dev.pocketflow.quarkus.internal.http;

import java.util.concurrent.CompletionStage;

import dev.pocketflow.quarkus.internal.engine.BegunHop;
import dev.pocketflow.quarkus.internal.response.HopResponse;

/** A run that a request began. It holds the request's share until it is over, even if the caller has disconnected. */
public record StreamedRun(BegunHop hop, HttpShare share) implements StepEventStream.Source {

    @Override
    public String id() {
        return hop.run();
    }

    @Override
    public CompletionStage<HopResponse> startAsync() {
        share.retain();
        return hop.startAsync().whenComplete((answer, refused) -> share.release());
    }

    @Override
    public void cancel() {
        hop.cancel();
    }
}
