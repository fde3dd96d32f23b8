package dev.pocketflow;

import org.jspecify.annotations.Nullable;

/**
 * A {@link BatchNode} that works on several items at once, at most 8 by default. Each item uses a virtual thread from Java 21
 * on, otherwise a thread of the run's bounded pool.
 *
 * @param <I> an item
 * @param <R> an item's result
 */
public interface ParallelBatchNode<I extends @Nullable Object, R extends @Nullable Object> extends BatchNode<I, R> {

    /**
     * The most items that are in flight at once. The default is 8, because a model or another service behind {@code exec}
     * usually has a rate limit.
     *
     * @return the bound, at least 1; {@link Integer#MAX_VALUE} for none
     */
    @Override
    default int concurrency() {
        return 8;
    }
}
