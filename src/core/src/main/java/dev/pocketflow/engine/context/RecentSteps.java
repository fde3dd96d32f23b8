package dev.pocketflow.engine.context;

import java.util.AbstractList;
import java.util.RandomAccess;
import java.util.concurrent.atomic.AtomicReference;

import dev.pocketflow.RunEvent;

/** A path at some moment: the last finished steps, oldest first; unmodifiable. */
public final class RecentSteps extends AbstractList<RunEvent.StepFinished> implements RandomAccess {

    /** The most steps of a path. */
    public static final int KEPT = 100;

    private final AtomicReference<Object> beside;
    private final int end;
    private final RunEvent.StepFinished[] steps;

    /**
     * @param beside one for all paths of a run
     * @param end the number of the last step plus one; numbers are consecutive in a run
     */
    public RecentSteps(AtomicReference<Object> beside, int end, RunEvent.StepFinished... steps) {
        this.beside = beside;
        this.end = end;
        this.steps = steps;
    }

    /** {@return what a writer keeps beside the paths of the run; null at first} */
    public AtomicReference<Object> beside() {
        return beside;
    }

    public int end() {
        return end;
    }

    @Override
    public RunEvent.StepFinished get(int index) {
        return steps[index];
    }

    @Override
    public int size() {
        return steps.length;
    }
}
