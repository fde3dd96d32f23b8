package dev.pocketflow.engine.context;

import java.util.AbstractList;
import java.util.RandomAccess;
import java.util.concurrent.atomic.AtomicReference;

import dev.pocketflow.RunEvent;

/** A snapshot of a path: the last finished steps, oldest first. Unmodifiable. */
public final class RecentSteps extends AbstractList<RunEvent.StepFinished> implements RandomAccess {

    /** The most steps of a path. */
    public static final int KEPT = 100;

    private final AtomicReference<Object> beside;
    private final int end;
    private final RunEvent.StepFinished[] steps;

    /**
     * @param beside shared by all paths of a run
     * @param end the number of the last step plus one; numbers are consecutive in a run
     */
    public RecentSteps(AtomicReference<Object> beside, int end, RunEvent.StepFinished... steps) {
        this.beside = beside;
        this.end = end;
        this.steps = steps;
    }

    /** {@return the object that a writer keeps beside the paths of the run; null at first} */
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
