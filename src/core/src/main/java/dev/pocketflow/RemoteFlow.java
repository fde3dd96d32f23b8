package dev.pocketflow;

/**
 * A flow that another function runs. The run moves to that function over the same store. It returns with the action that the
 * flow ends with. Neither function waits for the other. Not possible in branches and parallel iterations: a run is in one place
 * at a time.
 *
 * @param flow the flow's name; not blank
 */
public record RemoteFlow(String flow) implements Step {

    /** @throws IllegalArgumentException if the name is blank */
    public RemoteFlow {
        if (flow == null || flow.isBlank()) {
            throw new IllegalArgumentException("a remote flow's name must not be blank, was " + flow);
        }
    }
}
