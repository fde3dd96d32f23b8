package dev.pocketflow;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A node whose {@link #exec} answers with a stage. In {@link Flow#runAsync} no thread waits for it; in {@link Flow#run}, and in
 * parallel parts of a flow, the thread of the run does. {@code prep} and {@code post} are as in {@link Node}.
 *
 * @param <P> what {@code prep} hands to {@code exec} and {@code post}
 * @param <R> what the stage completes with
 */
public non-sealed interface AsyncNode<P, R> extends Step {

    /** {@return the input of {@code exec}; may be {@code null}} @param shared the run's store */
    default P prep(Store shared) {
        return null;
    }

    /**
     * Starts the work.
     *
     * @param prepared what {@link #prep} returned; may be {@code null}
     * @return the result to come; {@code null} counts as completed with {@code null}
     */
    default CompletionStage<R> exec(P prepared) {
        return CompletableFuture.completedFuture(null);
    }

    /**
     * Writes results and decides where the flow goes.
     *
     * @param shared the run's store
     * @param prepared what {@link #prep} returned; may be {@code null}
     * @param result what the stage completed with; may be {@code null}
     * @return the action; {@code null} (the default) or {@code ""} means {@code default}
     */
    default String post(Store shared, P prepared, R result) {
        return null;
    }
}
