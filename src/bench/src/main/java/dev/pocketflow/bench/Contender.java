package dev.pocketflow.bench;

import java.time.Duration;
import java.util.Map;

/**
 * A library that is compared. It does each work as its own documentation recommends. A {@link java.util.ServiceLoader} finds
 * it. Each process makes a new one, and uses it from one thread. A work that it cannot do throws an
 * {@link UnsupportedOperationException}. The report shows the message as the reason.
 */
public interface Contender {

    /** {@return the name in the tables, with the version: {@code langgraph4j 1.7.10}} */
    String name();

    /**
     * W1: the nodes of a loop take turns. Each adds one to {@code count}. The node that reaches {@link Shape#steps()} ends the
     * loop.
     *
     * @return the work, with the graph built
     */
    Work steps(Shape shape);

    /** W2: the same loop. The whole state is serialized after every step, as a checkpoint needs it. */
    Work durable(Shape shape);

    /** W3: waits {@code each} for every item, all at once, and collects the items plus one in their order. */
    Work map(int items, Duration each);

    /**
     * The form of a loop.
     *
     * @param steps of all its nodes, until it ends
     * @param nodes in the loop, at least 1
     * @param nesting of flows around it, 1 for none
     * @param renewed whether each step replaces all texts of the state; never true for a peer
     */
    record Shape(int steps, int nodes, int nesting, boolean renewed) {
        public Shape(int steps, int nodes, int nesting) {
            this(steps, nodes, nesting, false);
        }

        public static Shape of(int steps) {
            return new Shape(steps, 3, 1);
        }
    }

    /** A work that can run more than once, each time with another state. */
    interface Work {
        /** @param state mutable names and values that the work owns from now on; see {@link State} */
        Done run(Map<String, Object> state) throws Exception;
    }

    /**
     * The result of a work, for the harness to check.
     *
     * @param count of the state at the end; for W3, the sum of the results
     * @param bytes of all snapshots together; 0 if the work takes no snapshots
     */
    record Done(long count, long bytes) {
    }
}
