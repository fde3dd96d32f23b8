package dev.pocketflow;

import java.util.Objects;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A step in three phases: {@link #prep} reads the store, {@link #exec} works without it, {@link #post} writes the store and
 * picks the next edge. Each phase is optional, but a flow refuses a node whose class overrides none of them.
 *
 * <p>
 * {@code exec} may run more than once in a visit, so it should be idempotent. No retry within a visit repeats {@code prep} or
 * {@code post}. They run again if the visit is made again: by {@code retryLater}, in a resumed run, or after a crash. So they
 * should have no effect outside the store. An exception of any phase ends the run as {@link Outcome.Failed}. Earlier writes to
 * the store stay.
 *
 * @param <P> what {@code prep} hands to {@code exec} and {@code post}; of a nullable type if there is no {@code prep}
 * @param <R> what {@code exec} hands to {@code post}; of a nullable type if there is no {@code exec}
 */
public non-sealed interface Node<P extends @Nullable Object, R extends @Nullable Object> extends Step {

    /**
     * Reads the input of {@link #exec}.
     *
     * @param shared the run's store; {@link Store#params()} are the params of the current batch iteration
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
     * Writes results and picks the next edge.
     *
     * @param shared the run's store
     * @param prepared what {@link #prep} returned; may be {@code null}
     * @param result what {@link #exec} returned; may be {@code null}
     * @return the action, which picks the edge; {@code null} (the default) or {@code ""} means {@code default}
     */
    default @Nullable String post(Store shared, P prepared, R result) {
        return null;
    }

    /**
     * Makes a node that reads a key, works, and writes a key. Its action is {@code default}. Annotations of MicroProfile Fault
     * Tolerance are not possible: they need a node class.
     *
     * @param input the key of the input
     * @param exec the work, without the store; its result may be {@code null}
     * @param output the key that holds the result
     * @param <P> the type of the input
     * @param <R> the type of the result
     * @return the node
     */
    static <P extends @Nullable Object, R extends @Nullable Object> Node<P, R> of(Key<P> input,
            Exec<? super P, ? extends R> exec, Key<R> output) {
        return new KeyNode<>(input, exec, output);
    }

    /**
     * Makes a node that only decides.
     *
     * @param action from the store to the action; {@code null} and {@code ""} are {@code default}
     * @return the node
     */
    static Node<@Nullable Void, @Nullable Void> route(Function<Store, @Nullable String> action) {
        return new RouteNode(Objects.requireNonNull(action, "action"));
    }

    /**
     * The work of a node in one line.
     *
     * @param <P> the type of the input
     * @param <R> the type of the result
     */
    @FunctionalInterface
    interface Exec<P extends @Nullable Object, R extends @Nullable Object> {

        /**
         * Does the work, as {@link Node#exec} does.
         *
         * @param prepared the value of the input's key; may be {@code null}
         * @return the result; may be {@code null}
         * @throws Exception ends the visit
         */
        R exec(P prepared) throws Exception;
    }
}
