package dev.pocketflow;

/**
 * A {@link BatchNode} that works on all its items at once: on a virtual thread each where the runtime has them, else on the
 * run's bounded pool.
 *
 * @param <I> an item
 * @param <R> an item's result
 */
public interface ParallelBatchNode<I, R> extends BatchNode<I, R> {

    /** {@return no bound by default; override to protect a service with a rate limit} */
    @Override
    default int concurrency() {
        return Integer.MAX_VALUE;
    }
}
