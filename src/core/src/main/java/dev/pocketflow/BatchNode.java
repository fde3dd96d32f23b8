package dev.pocketflow;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A node whose {@link #exec} runs once for each item of the list that {@link #prep} returned. Retries apply to each item by
 * itself. {@link #post} gets the items and their results. Both are in item order, whatever the order in which they finished.
 *
 * <p>
 * The first item that fails after its retries ends the visit, and {@code post} does not run. No further item begins. Items in
 * progress on other threads are interrupted and waited for. Their failures are added as suppressed exceptions.
 *
 * @param <I> an item
 * @param <R> an item's result; of a nullable type if there is no {@code exec}
 */
public non-sealed interface BatchNode<I extends @Nullable Object, R extends @Nullable Object> extends Step {

    /**
     * Reads the items.
     *
     * @param shared the run's store
     * @return the items; {@code null} (the default) means no items
     */
    default @Nullable List<I> prep(Store shared) {
        return List.of();
    }

    /**
     * Works on one item, without the store. {@link Visit#item()} is its index.
     *
     * @param item an element of the list; {@code null} if that is the element
     * @return its result; may be {@code null}
     * @throws Exception ends the visit, unless a retry or fallback around {@code exec} handles it
     */
    default R exec(I item) throws Exception {
        return null;
    }

    /**
     * Writes the results and picks the next edge.
     *
     * @param shared the run's store
     * @param items what {@link #prep} returned; never {@code null}
     * @param results one for each item, in the items' order; unmodifiable, may hold {@code null}
     * @return the action; {@code null} (the default) or {@code ""} means {@code default}
     */
    default @Nullable String post(Store shared, List<I> items, List<R> results) {
        return null;
    }

    /**
     * The number of items that may be in progress at once, at least 1. The default, 1, takes the items in order on the run's
     * own thread.
     *
     * @return the limit; {@link Integer#MAX_VALUE} for none
     */
    default int concurrency() {
        return 1;
    }
}
