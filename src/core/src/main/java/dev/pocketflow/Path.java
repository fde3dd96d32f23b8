package dev.pocketflow;

import java.util.ArrayList;
import java.util.List;

/** The steps of a run: how many began, and the last that finished. Thread-safe. */
final class Path {

    static final int KEPT = 100;

    private final StepEvent.Finished[] ring = new StepEvent.Finished[KEPT];
    private int begun;
    private int finished;

    /** {@return the number of the step that begins; 0 if that would be one too many} */
    synchronized int begin(int limit) {
        return begun >= limit ? 0 : ++begun;
    }

    synchronized void add(StepEvent.Finished step) {
        ring[finished++ % KEPT] = step;
    }

    synchronized int steps() {
        return begun;
    }

    synchronized List<StepEvent.Finished> last() {
        List<StepEvent.Finished> steps = new ArrayList<>();
        for (int i = Math.max(0, finished - KEPT); i < finished; i++) {
            steps.add(ring[i % KEPT]);
        }
        return steps;
    }
}
