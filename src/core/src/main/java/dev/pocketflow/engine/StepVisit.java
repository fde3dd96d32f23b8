package dev.pocketflow.engine;

import dev.pocketflow.engine.position.Position;
import dev.pocketflow.internal.CancellationScope;

/**
 * One kind of step: how a walker visits it, and what of it travels in a position. Each node of a graph has one, made with the
 * graph; it holds nothing of a run.
 */
abstract class StepVisit {

    /**
     * Visits the step that the walker stands on.
     *
     * @param scope the scope of the calling thread
     * @param waiting whether to wait for asynchronous nodes on this thread
     * @return whether the walk continues; false if it stops at this step
     */
    abstract boolean walk(Walker walker, CancellationScope scope, boolean waiting);

    /** {@return what a position holds of the step besides its name; null for nothing} */
    Position.Batch snapshot(Frame frame) {
        return null;
    }

    /**
     * Puts back what a position held of the step.
     *
     * @throws IllegalArgumentException if it is of another kind of step
     * @throws IndexOutOfBoundsException if it has results of items that it does not have
     */
    void restore(Frame frame, Position.Batch batch) {
        throw new IllegalArgumentException("no batch node");
    }

    /** {@return whether a run can stand at this step in such a pause} */
    boolean takes(Position.Pause pause) {
        return pause.retries() > 0;
    }
}
