package dev.pocketflow;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The steps of a run: how many began, and the last that finished. Any thread may read. One at a time writes, which a run sees
 * to by itself while it walks alone; parallel parts take turns, with {@code beside}.
 */
final class Path {

    static final int KEPT = 100;

    // one more than is read, for the step that is being added
    private final StepEvent.Finished[] ring = new StepEvent.Finished[KEPT + 1];
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();

    Path(int steps, List<StepEvent.Finished> last) {
        become(steps, last);
    }

    void become(int steps, List<StepEvent.Finished> last) {
        begun.set(steps);
        finished.set(0);
        last.subList(Math.max(0, last.size() - KEPT), last.size()).forEach(this::add);
    }

    /** {@return the number of the step that begins; 0 if that would be one too many} */
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

    void add(StepEvent.Finished step) {
        int before = finished.getPlain();
        VarHandle.releaseFence();
        ring[before % ring.length] = step;
        finished.setRelease(before + 1);
    }

    synchronized void addBeside(StepEvent.Finished step) {
        add(step);
    }

    int steps() {
        return begun.get();
    }

    List<StepEvent.Finished> last() {
        int end = finished.get();
        int start = Math.max(0, end - KEPT);
        List<StepEvent.Finished> steps = new ArrayList<>();
        for (int i = start; i < end; i++) {
            steps.add(ring[i % ring.length]);
        }
        VarHandle.acquireFence();
        int overwritten = Math.max(0, finished.get() - KEPT - start); // meanwhile
        return steps.subList(Math.min(overwritten, steps.size()), steps.size());
    }
}
