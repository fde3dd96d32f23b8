package dev.pocketflow.quarkus;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.pocketflow.Key;
import dev.pocketflow.Store;

/**
 * The end of a run, or its leave from this process. No text of it shows a store, a token or an envelope. A store in it holds
 * what the flow's
 * contract gives, or everything if the contract says nothing; secret values are {@code null}.
 */
public sealed interface RunResult extends RunStatus {

    /**
     * The run has ended.
     *
     * @param run the run's ULID
     * @param action the action that ended the flow
     * @param store what the run gives
     * @param usage the units that the run used, such as {@code output-tokens}
     */
    record Completed(String run, String action, Store store, Map<String, Double> usage) implements RunResult {

        /** Makes a result. */
        public Completed {
            usage = Map.copyOf(usage);
        }

        /**
         * Reads a value that the run gives.
         *
         * @param key the name and type
         * @param <T> the value's type
         * @return the value
         * @throws dev.pocketflow.FlowException if there is no such value, or it is not of the type
         */
        public <T extends @Nullable Object> T get(Key<T> key) {
            return store.get(key);
        }
    }

    /**
     * The run continues without the caller: in another invocation, or on other threads of this process.
     *
     * @param run the run's ULID
     * @param flow the name of the flow that continues
     * @param hop the number of the next hop
     * @param until when the run continues; empty for at once
     * @param cancelToken the token that cancels the run; empty if none does
     * @param envelope the sealed run as JSON, if the caller must send it on; else empty
     */
    record HandedOver(String run, String flow, int hop, Optional<Instant> until, Optional<String> cancelToken,
            Optional<byte[]> envelope) implements RunResult {

        @Override
        public String toString() {
            return "HandedOver[run=" + run + ", flow=" + flow + ", hop=" + hop + ", until=" + until + "]";
        }
    }

    /**
     * The run waits for a signal.
     *
     * @param run the run's ULID
     * @param flow the name of the flow that continues
     * @param signal the signal's name
     * @param until when the run continues without the signal; empty for never
     * @param token the token for {@link Flows#signal}; empty if {@code quarkus.pocketflow.signal.token-in-answer} is false
     * @param cancelToken the token that cancels the run; empty if none does
     */
    record Suspended(String run, String flow, String signal, Optional<Instant> until, Optional<String> token,
            Optional<String> cancelToken) implements RunResult {

        @Override
        public String toString() {
            return "Suspended[run=" + run + ", flow=" + flow + ", signal=" + signal + ", until=" + until + "]";
        }
    }

    /**
     * The run has failed.
     *
     * @param run the run's ULID
     * @param flow the name of the flow that failed
     * @param node the name of the node that failed; empty if no node did
     * @param type the class of the failure
     * @param message the failure, as callers may see it
     * @param store what the run has given so far
     * @param envelope the sealed run as JSON, to resume with when the cause is mended; empty if it is parked elsewhere, or
     *        cannot
     *        be resumed
     */
    record Failed(String run, String flow, Optional<String> node, String type, String message, Store store,
            Optional<byte[]> envelope) implements RunResult {

        @Override
        public String toString() {
            return "Failed[run=" + run + ", flow=" + flow + ", node=" + node + ", type=" + type + ", message=" + message + "]";
        }
    }
}
