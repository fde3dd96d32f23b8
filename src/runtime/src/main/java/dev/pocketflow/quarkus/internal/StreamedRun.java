package dev.pocketflow.quarkus.internal;

import java.util.concurrent.CompletionStage;

/** A run that a request began. It holds the request's share until it is over, also where the caller has gone. */
record StreamedRun(Invocation invocation, HttpShare share) implements StepStream.Source {

    @Override
    public String id() {
        return invocation.id();
    }

    @Override
    public CompletionStage<Answer> startAsync() {
        share.hold();
        return invocation.startAsync().whenComplete((answer, refused) -> share.release());
    }

    @Override
    public void cancel() {
        invocation.cancel();
    }
}
