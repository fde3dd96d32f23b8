package dev.pocketflow.engine;

import dev.pocketflow.RemoteFlow;
import dev.pocketflow.internal.CancellationScope;

/** A visit to a {@link RemoteFlow}: the run moves to another function, and its walk stops here. */
final class RemoteVisit extends StepVisit {

    private final RemoteFlow remote;

    RemoteVisit(RemoteFlow remote) {
        this.remote = remote;
    }

    @Override
    boolean walk(Walker walker, CancellationScope scope, boolean waiting) {
        walker.recorder().admit(walker.top());
        walker.move(remote);
        return false;
    }
}
