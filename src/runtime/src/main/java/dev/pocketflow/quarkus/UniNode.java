package dev.pocketflow.quarkus;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import dev.pocketflow.AsyncNode;
import dev.pocketflow.Flow;
import dev.pocketflow.Run;
import io.smallrye.mutiny.Uni;

/**
 * A node whose work is a {@link Uni}. In {@link Flow#runAsync} no thread waits for it. {@code prep} and {@code post} are as in
 * {@link AsyncNode}.
 * <p>
 * The run subscribes once for each attempt, on the thread of the step. {@link Run#cancel()} cancels the subscription. Put
 * {@code @Retry}, {@code @Timeout} and {@code @Fallback} on {@link #execUni}; the fallback method answers with a {@code Uni}
 * too.
 *
 * @param <P> the result of {@code prep}, which {@code execUni} and {@code post} receive
 * @param <R> the item of the {@code Uni}
 */
public interface UniNode<P extends @Nullable Object, R extends @Nullable Object> extends AsyncNode<P, R> {

    /**
     * Describes the work, which begins when the run subscribes.
     *
     * @param prepared the result of {@link #prep}
     * @return the result to come
     */
    Uni<R> execUni(P prepared);

    /** Subscribes to {@link #execUni}; not for implementation by applications. */
    @Override
    default CompletionStage<R> exec(P prepared) {
        return execUni(prepared).subscribeAsCompletionStage();
    }
}
