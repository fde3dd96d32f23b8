package dev.pocketflow;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * A node whose {@link #exec} answers with a stage. In {@link Flow#runAsync} no thread waits for the stage. In {@link Flow#run},
 * and in parallel parts of a flow, the run's own thread waits. {@code prep} and {@code post} are as in {@link Node}.
 *
 * @param <P> what {@code prep} hands to {@code exec} and {@code post}; of a nullable type if there is no {@code prep}
 * @param <R> the result of the stage; of a nullable type if there is no {@code exec}
 */
public non-sealed interface AsyncNode<P extends @Nullable Object, R extends @Nullable Object> extends Step {

    /** {@return the input of {@code exec}; may be {@code null}} @param shared the run's store */
    default P prep(Store shared) {
        return null;
    }

    /**
     * Starts the work.
     *
     * @param prepared what {@link #prep} returned; may be {@code null}
     * @return the stage of the result; {@code null} is a stage completed with {@code null}
     */
    default @Nullable CompletionStage<R> exec(P prepared) {
        return CompletableFuture.completedFuture(null);
    }

    /**
     * Writes results and picks the next edge.
     *
     * @param shared the run's store
     * @param prepared what {@link #prep} returned; may be {@code null}
     * @param result the result of the stage; may be {@code null}
     * @return the action; {@code null} (the default) or {@code ""} means {@code default}
     */
    default @Nullable String post(Store shared, P prepared, R result) {
        return null;
    }
}
