package dev.pocketflow;

import java.util.List;
import java.util.Map;

/**
 * A run between two steps: who it is, where it stands, what it knows.
 *
 * @param run the run's ULID
 * @param flow the name of the outermost flow
 * @param steps the visits made so far
 * @param position the stack of frames, outermost first; the last names the step that is next, or that failed
 * @param store the run's store
 * @param path the last 100 finished steps, oldest first
 */
public record Envelope(String run, String flow, int steps, List<Frame> position, Store store, List<StepEvent.Finished> path) {

    /**
     * One flow on the stack.
     *
     * @param flow the flow's name
     * @param node the node it stands on
     * @param params the params of its current iteration; empty where there are none
     */
    public record Frame(String flow, String node, Map<String, Object> params) {
    }
}
