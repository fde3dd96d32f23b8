package dev.pocketflow.quarkus.internal.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import dev.pocketflow.quarkus.internal.response.HopResponse;

/** A hop that an event began. It is answered already, it rests until later, or it is ready to run. */
public sealed interface BegunHop permits BegunHop.Over, HopExecution {

    /** {@return the run's ULID} */
    String run();

    /** {@return the token that allows the sender of the event to cancel the run; null for none} */
    String cancelToken();

    /** Runs the hop on this thread, and returns its answer. To be called once. */
    HopResponse start();

    /** Runs the hop on other threads. To be called once. */
    CompletionStage<HopResponse> startAsync();

    /** Ends the run before its next step. */
    void cancel();

    /** A hop that has nothing left to run in this invocation. */
    sealed interface Over extends BegunHop {

        /** {@return the supplier of {@link #cancelToken()}} */
        Supplier<String> token();

        HopResponse answer();

        @Override
        default String cancelToken() {
            return token().get();
        }

        @Override
        default HopResponse start() {
            return answer();
        }

        @Override
        default CompletionStage<HopResponse> startAsync() {
            return CompletableFuture.completedFuture(answer());
        }

        @Override
        default void cancel() {
            // nothing runs
        }
    }

    /** A hop that has its answer: it ran in this invocation or an earlier one, or the event only cancels its run. */
    record Answered(String run, Supplier<String> token, HopResponse answer) implements Over {
    }

    /** A hop whose run returned before its time. The timer has it again. */
    record Resting(String run, Supplier<String> token, HopResponse answer) implements Over {
    }
}
