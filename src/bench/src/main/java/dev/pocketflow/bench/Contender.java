package dev.pocketflow.bench;

import java.time.Duration;
import java.util.Map;

/**
 * One of those that are compared: it does each work as its own documentation would have it written. Found by
 * {@link java.util.ServiceLoader}, made anew in each process, used by one thread. A work that it has no means for is an
 * {@link UnsupportedOperationException} with the reason, which the report shows.
 */
public interface Contender {

    /** {@return the name in the tables, with the version: {@code langgraph4j 1.7.10}} */
    String name();

    /**
     * W1: the nodes of a loop take turns; each adds one to {@code count}, and the one that reaches {@link Shape#steps()} ends
     * the
     * loop.
     *
     * @return the work, with the graph built
     */
    Work steps(Shape shape);

    /** W2: the same, and the whole state is serialised after every step, as what would take the run up again needs it. */
    Work durable(Shape shape);

    /** W3: waits {@code each} for every item, all at once, and collects the items plus one in their order. */
    Work map(int items, Duration each);

    /**
     * The form of a loop.
     *
     * @param steps of all its nodes, until it ends
     * @param nodes in the loop, at least 1
     * @param nesting of flows around it, 1 for none
     * @param renewed whether each step puts new texts in place of all that there are; of the peers, none is asked to
     */
    record Shape(int steps, int nodes, int nesting, boolean renewed) {
        public Shape(int steps, int nodes, int nesting) {
            this(steps, nodes, nesting, false);
        }

        public static Shape of(int steps) {
            return new Shape(steps, 3, 1);
        }
    }

    /** May be run again and again, each time with another state. */
    interface Work {
        /** @param state names and values, mutable, the caller's no longer; see {@link State} */
        Done run(Map<String, Object> state) throws Exception;
    }

    /**
     * What was done, for the harness to check.
     *
     * @param count of the state at the end; of W3, the sum of the results
     * @param bytes of all snapshots together; 0 where none were asked for
     */
    record Done(long count, long bytes) {
    }
}
