package dev.pocketflow;

/**
 * A flow that another function runs. The run moves there, over the same store, and comes back with the action that the flow
 * ends
 * with; neither function waits for the other. Not possible in branches and parallel iterations: a run is in one place at a
 * time.
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
