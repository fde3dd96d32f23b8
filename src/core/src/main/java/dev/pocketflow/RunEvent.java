package dev.pocketflow;

/**
 * What happens in a run, as it happens. Listeners get events on the thread of the step, so of parallel steps concurrently.
 * Events carry no store contents; {@link Emitted#value} and the messages of {@link AttemptFailed#failure} are a node's own.
 */
public sealed interface RunEvent {

    /** {@return the run's ULID} */
    String run();

    /** {@return the name of the innermost flow} */
    String flow();

    /** {@return the node's name in that flow} */
    String node();

    /**
     * {@return the number of the visit in its run, from 1; no other visit has it, and one that failed and is made again keeps
     * it.
     * In parallel parts, they are numbered in order of starting}
     */
    int sequence();

    /**
     * A visit begins.
     *
     * @param run see {@link RunEvent#run()}
     * @param flow see {@link RunEvent#flow()}
     * @param node see {@link RunEvent#node()}
     * @param sequence see {@link RunEvent#sequence()}
     */
    record Started(String run, String flow, String node, int sequence) implements RunEvent {
    }

    /**
     * A call of {@code exec} failed; another may follow.
     *
     * @param run see {@link RunEvent#run()}
     * @param flow see {@link RunEvent#flow()}
     * @param node see {@link RunEvent#node()}
     * @param sequence see {@link RunEvent#sequence()}
     * @param item the item's index in a batch, from 0; -1 outside a batch
     * @param attempt which call it was, from 1
     * @param failure what it threw
     */
    record AttemptFailed(String run, String flow, String node, int sequence, int item, int attempt, Throwable failure)
            implements
                RunEvent {
    }

    /**
     * Something a node wants seen before it is done, such as a model's token.
     *
     * @param run see {@link RunEvent#run()}
     * @param flow see {@link RunEvent#flow()}
     * @param node see {@link RunEvent#node()}
     * @param sequence see {@link RunEvent#sequence()}
     * @param item the item's index in a batch, from 0; -1 outside a batch
     * @param value what the node gave to {@link Visit#emit}
     */
    record Emitted(String run, String flow, String node, int sequence, int item, Object value) implements RunEvent {
    }

    /**
     * A visit is over, or failed and may be made again; also an entry of the run's path.
     *
     * @param run see {@link RunEvent#run()}
     * @param flow see {@link RunEvent#flow()}
     * @param node see {@link RunEvent#node()}
     * @param sequence see {@link RunEvent#sequence()}
     * @param action the action; {@code null} where the step failed
     * @param nanos how long the visit took, in nanoseconds
     * @param attempts the calls of {@code exec}, the first ones included; of a batch, those of all its items
     * @param error the class name of what the step failed with; {@code null} where it did not
     */
    record Finished(String run, String flow, String node, int sequence, String action, long nanos, int attempts, String error)
            implements
                RunEvent {
    }
}
