package dev.pocketflow;

import java.util.List;

/**
 * A node whose {@link #exec} runs once per item of the list that {@link #prep} returned; retries apply to each item by itself.
 * {@link #post} gets the items and their results, both in item order, whatever the order they finished in.
 *
 * <p>
 * The first item that fails for good ends the visit: items not begun are not begun, items in flight on other threads are
 * interrupted and waited for, and their failures are kept as suppressed. {@code post} does not run then.
 *
 * @param <I> an item
 * @param <R> an item's result
 */
public non-sealed interface BatchNode<I, R> extends Step {

    /**
     * Reads the items.
     *
     * @param shared the run's store
     * @return the items; {@code null} counts as empty, and so does the default
     */
    default List<I> prep(Store shared) {
        return List.of();
    }

    /**
     * Works on one item, without the store. {@link Visit#item()} tells which.
     *
     * @param item an element of the list; {@code null} where the list holds one
     * @return its result; may be {@code null}
     * @throws Exception ends the visit, unless a retry or fallback around {@code exec} handles it
     */
    default R exec(I item) throws Exception {
        return null;
    }

    /**
     * Writes the results and decides where the flow goes.
     *
     * @param shared the run's store
     * @param items what {@link #prep} returned; never {@code null}
     * @param results one per item, in the items' order; unmodifiable, may hold {@code null}
     * @return the action; {@code null} (the default) or {@code ""} means {@code default}
     */
    default String post(Store shared, List<I> items, List<R> results) {
        return null;
    }

    /**
     * How many items may be in flight at once, at least 1. The default, 1, takes the items in order on the run's own thread.
     *
     * @return the bound; {@link Integer#MAX_VALUE} for none
     */
    default int concurrency() {
        return 1;
    }
}
