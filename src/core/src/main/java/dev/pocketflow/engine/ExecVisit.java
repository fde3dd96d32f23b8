package dev.pocketflow.engine;

import dev.pocketflow.FlowException;
import dev.pocketflow.internal.CancellationScope;

/** A step that has an {@code exec}, which can be repeated later. */
abstract class ExecVisit extends StepVisit {

    /**
     * Takes the node through its phases.
     *
     * @return the action, never empty; null if the walk stops here: an asynchronous node is pending and this thread must not
     *         wait for it, or the run is handed over between two items
     */
    abstract String visit(VisitRecorder recorder, Frame frame, boolean waiting);

    @Override
    boolean walk(Walker walker, CancellationScope scope, boolean waiting) {
        String action;
        try {
            action = visit(walker.recorder(), walker.top(), waiting);
        } catch (FlowException.StepFailed e) {
            if (!PauseVisit.repeatLater(walker, e, scope)) {
                throw e;
            }
            return false;
        }
        if (action == null) {
            return false;
        }
        walker.route(action);
        return true;
    }
}
