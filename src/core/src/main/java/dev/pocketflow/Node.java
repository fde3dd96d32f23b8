package dev.pocketflow;

/**
 * A step in three phases: {@link #prep} reads the store, {@link #exec} works without it, {@link #post} writes the store and
 * picks the next edge. Each is optional.
 *
 * <p>
 * Only {@code exec} may be repeated (by a retry, or by a redelivered hop), so it should be idempotent; {@code prep} and
 * {@code post} run once per visit and are never retried. Anything any phase throws ends the run as
 * {@link Outcome.Failed}; what was written to the store before stays.
 *
 * @param <P> what {@code prep} hands to {@code exec} and {@code post}
 * @param <R> what {@code exec} hands to {@code post}
 */
public non-sealed interface Node<P, R> extends Step {

    /**
     * Reads what {@link #exec} needs.
     *
     * @param shared the run's store; its {@link Store#params()} are those of the current batch iteration
     * @return the input of {@code exec}; may be {@code null}, as it is by default
     */
    default P prep(Store shared) {
        return null;
    }

    /**
     * Does the work, without the store: the phase that retries, timeouts and fallbacks apply to.
     * {@link Visit#current()} tells which attempt of which run this is.
     *
     * @param prepared what {@link #prep} returned; may be {@code null}
     * @return the result for {@link #post}; may be {@code null}, as it is by default
     * @throws Exception ends the visit, unless a retry or fallback around {@code exec} handles it
     */
    default R exec(P prepared) throws Exception {
        return null;
    }

    /**
     * Writes results and decides where the flow goes.
     *
     * @param shared the run's store
     * @param prepared what {@link #prep} returned; may be {@code null}
     * @param result what {@link #exec} returned; may be {@code null}
     * @return the action, which picks the edge; {@code null} (the default) or {@code ""} means {@code default}
     */
    default String post(Store shared, P prepared, R result) {
        return null;
    }
}
