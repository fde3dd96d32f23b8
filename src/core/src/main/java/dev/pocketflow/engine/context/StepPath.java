package dev.pocketflow.engine.context;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.pocketflow.RunEvent;

/**
 * The steps of a run: how many began, and the last ones that finished. Any thread may read. One thread at a time writes:
 * parallel parts call the methods that end in {@code Beside}, which are synchronized.
 */
public final class StepPath {

    // one more than is read, for the step that is being added
    private final RunEvent.StepFinished[] ring = new RunEvent.StepFinished[RecentSteps.KEPT + 1];
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();
    private final AtomicReference<Object> beside = new AtomicReference<>();

    public StepPath(int steps, List<RunEvent.StepFinished> last) {
        begun.set(steps);
        last.subList(Math.max(0, last.size() - RecentSteps.KEPT), last.size()).forEach(this::add);
    }

    /** {@return the number of the step that begins; 0 if the limit is reached} */
    int begin(int limit) {
        int before = begun.getPlain();
        if (before >= limit) {
            return 0;
        }
        begun.setRelease(before + 1);
        return before + 1;
    }

    synchronized int beginBeside(int limit) {
        return begin(limit);
    }

    public void add(RunEvent.StepFinished step) {
        int before = finished.getPlain();
        VarHandle.releaseFence();
        ring[before % ring.length] = step;
        finished.setRelease(before + 1);
    }

    synchronized void addBeside(RunEvent.StepFinished step) {
        add(step);
    }

    public int steps() {
        return begun.get();
    }

    /** {@return the last finished steps, oldest first; unmodifiable, and not changed by later steps} */
    public List<RunEvent.StepFinished> last() {
        int end = finished.get();
        int start = Math.max(0, end - RecentSteps.KEPT);
        RunEvent.StepFinished[] steps = new RunEvent.StepFinished[end - start];
        int first = start % ring.length;
        int ahead = Math.min(steps.length, ring.length - first);
        System.arraycopy(ring, first, steps, 0, ahead);
        System.arraycopy(ring, 0, steps, ahead, steps.length - ahead);
        VarHandle.acquireFence();
        int overwritten = Math.max(0, finished.get() - RecentSteps.KEPT - start); // meanwhile
        return new RecentSteps(beside, end, overwritten == 0 ? steps
                : Arrays.copyOfRange(steps, Math.min(overwritten, steps.length), steps.length));
    }
}
