package dev.pocketflow.quarkus.internal.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import dev.pocketflow.quarkus.internal.response.HopResponse;

/** A hop that an event began. It is answered already, or it is ready to run. */
public sealed interface BegunHop permits BegunHop.Answered, HopExecution {

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

    /** A hop that has nothing to run. */
    record Answered(String run, Supplier<String> token, HopResponse answer) implements BegunHop {

        @Override
        public String cancelToken() {
            return token.get();
        }

        @Override
        public HopResponse start() {
            return answer;
        }

        @Override
        public CompletionStage<HopResponse> startAsync() {
            return CompletableFuture.completedFuture(answer);
        }

        @Override
        public void cancel() {
            // nothing runs
        }
    }
}
