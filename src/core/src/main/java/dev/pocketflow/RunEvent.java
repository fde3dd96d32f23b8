package dev.pocketflow;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;

/**
 * An event in the life of a run: a listener can draw the whole timeline of the run from its events.
 * <p>
 * An invocation's share of a run begins with {@link RunStarted} or {@link RunResumed}. Its last event is {@link HandedOver},
 * {@link Suspended} or {@link Ended}. If the envelope cannot be sent, a Quarkus application sends {@link Failed} after
 * {@code HandedOver} or {@code Suspended}. A run that is refused does not begin and has no events: see
 * {@link FlowException.Drifted}.
 * <p>
 * A listener receives an event on the thread that causes it. Parallel steps therefore send events concurrently, after the
 * first event of the run and before its last one. Only what a callback emits after its step has ended may come later.
 * <p>
 * Events carry no store contents. {@link Emitted#value} and the messages of {@link AttemptFailed#failure} are a node's own.
 */
public sealed interface RunEvent {

    /** {@return the run's ULID} */
    String run();

    /** {@return the name of the flow: the innermost one of a step, and the outermost one of a run} */
    String flow();

    /**
     * A run begins with its first hop.
     *
     * @param run see {@link RunEvent#run()}
     * @param flow see {@link RunEvent#flow()}
     */
    record RunStarted(String run, String flow) implements RunEvent {
    }

    /**
     * A run continues from an envelope: in its next hop, or once more in one that failed or was interrupted.
     *
     * @param run see {@link RunEvent#run()}
     * @param flow see {@link RunEvent#flow()}
     * @param hop the hop that begins now, from 0
     */
    record RunResumed(String run, String flow, int hop) implements RunEvent {
    }

    /** An event of one step. */
    sealed interface StepEvent extends RunEvent {

        /** {@return the node's name in its flow} */
        String node();

        /**
         * {@return the number of the visit in its run, from 1} No other visit has it. A visit that failed and is made again
         * keeps its number. Visits in parallel parts have their numbers in the order in which they begin.
         */
        int sequence();
    }

    /**
     * A visit to a node begins.
     *
     * @param run see {@link RunEvent#run()}
     * @param flow see {@link RunEvent#flow()}
     * @param node see {@link StepEvent#node()}
     * @param sequence see {@link StepEvent#sequence()}
     */
    record StepStarted(String run, String flow, String node, int sequence) implements StepEvent {
    }

    /**
     * A call of {@code exec} failed. Another call may follow.
     *
     * @param run see {@link RunEvent#run()}
     * @param flow see {@link RunEvent#flow()}
     * @param node see {@link StepEvent#node()}
     * @param sequence see {@link StepEvent#sequence()}
     * @param item the item's index in a batch, from 0; empty outside a batch
     * @param attempt the number of the call, from 1
     * @param failure the exception of the call
     */
    record AttemptFailed(String run, String flow, String node, int sequence, OptionalInt item, int attempt, Throwable failure)
            implements
                StepEvent {
    }

    /**
     * A node shows a value before its step ends, such as a model's token.
     *
     * @param run see {@link RunEvent#run()}
     * @param flow see {@link RunEvent#flow()}
     * @param node see {@link StepEvent#node()}
     * @param sequence see {@link StepEvent#sequence()}
     * @param item the item's index in a batch, from 0; empty outside a batch
     * @param value the argument of {@link Visit#emit}
     */
    record Emitted(String run, String flow, String node, int sequence, OptionalInt item, Object value) implements StepEvent {
    }

    /** A visit to a node ended, or failed and may be made again. The run's path consists of these. */
    final class StepFinished implements StepEvent {

        private final String run;
        private final String flow;
        private final String node;
        private final int sequence;
        private final @Nullable String action; // null if the step failed
        private final long nanos; // a Duration would be made for every step, and most are read by nobody
        private final int attempts;
        private final @Nullable String error; // null if it did not fail

        /**
         * Makes an event, for the engine and for readers of envelopes.
         *
         * @param run see {@link #run()}
         * @param flow see {@link #flow()}
         * @param node see {@link #node()}
         * @param sequence see {@link #sequence()}
         * @param action see {@link #action()}; {@code null} if the step failed
         * @param nanos see {@link #duration()}, in nanoseconds
         * @param attempts see {@link #attempts()}
         * @param error see {@link #error()}; {@code null} if the step did not fail
         */
        public StepFinished(String run, String flow, String node, int sequence, @Nullable String action, long nanos,
                int attempts,
                @Nullable String error) {
            this.run = run;
            this.flow = flow;
            this.node = node;
            this.sequence = sequence;
            this.action = action;
            this.nanos = nanos;
            this.attempts = attempts;
            this.error = error;
        }

        @Override
        public String run() {
            return run;
        }

        @Override
        public String flow() {
            return flow;
        }

        @Override
        public String node() {
            return node;
        }

        @Override
        public int sequence() {
            return sequence;
        }

        /** {@return the action that picks the next edge; empty if the step failed} */
        public Optional<String> action() {
            return Optional.ofNullable(action);
        }

        /** {@return how long the visit took} */
        public Duration duration() {
            return Duration.ofNanos(nanos);
        }

        /** {@return the number of calls of {@code exec}; in a batch, the calls for all items together} */
        public int attempts() {
            return attempts;
        }

        /** {@return the class name of the exception that the step failed with; empty if it did not fail} */
        public Optional<String> error() {
            return Optional.ofNullable(error);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof StepFinished that && run.equals(that.run) && flow.equals(that.flow)
                    && node.equals(that.node) && sequence == that.sequence && Objects.equals(action, that.action)
                    && nanos == that.nanos && attempts == that.attempts && Objects.equals(error, that.error);
        }

        @Override
        public int hashCode() {
            return Objects.hash(run, flow, node, sequence, action, nanos, attempts, error);
        }

        @Override
        public String toString() {
            return "StepFinished[run=" + run + ", flow=" + flow + ", node=" + node + ", sequence=" + sequence
                    + (error == null ? ", action=" + action : ", error=" + error) + ", duration=" + duration() + ", attempts="
                    + attempts + "]";
        }
    }

    /**
     * The run leaves this invocation and continues in another hop.
     *
     * @param run see {@link RunEvent#run()}
     * @param flow see {@link RunEvent#flow()}
     * @param hop the hop in which the run continues
     * @param until the end of the wait after which the run continues; empty if it continues at once
     */
    record HandedOver(String run, String flow, int hop, Optional<Instant> until) implements RunEvent {
    }

    /**
     * The run waits for a signal.
     *
     * @param run see {@link RunEvent#run()}
     * @param flow see {@link RunEvent#flow()}
     * @param hop the hop in which the run continues
     * @param signal the signal's name
     * @param until the time when the run continues without the signal; empty if it waits without end
     */
    record Suspended(String run, String flow, int hop, String signal, Optional<Instant> until) implements RunEvent {
    }

    /** The run completed or failed, or this invocation of it was aborted. */
    sealed interface Ended extends RunEvent {
    }

    /**
     * The flow ran to its end.
     *
     * @param run see {@link RunEvent#run()}
     * @param flow see {@link RunEvent#flow()}
     * @param action the last action
     */
    record Completed(String run, String flow, String action) implements Ended {
    }

    /**
     * The run failed, or was stopped or cancelled. It can be resumed from its envelope.
     *
     * @param run see {@link RunEvent#run()}
     * @param flow see {@link RunEvent#flow()}
     * @param failure the failure of the run; a {@link FlowException.Stopped} if the run was stopped or cancelled
     */
    record Failed(String run, String flow, FlowException failure) implements Ended {
    }

    /**
     * The invocation ended without an outcome, after an error that is not a step's, such as one of the virtual machine. Another
     * invocation can repeat the hop.
     *
     * @param run see {@link RunEvent#run()}
     * @param flow see {@link RunEvent#flow()}
     * @param error the error, which the caller of the run receives as well
     */
    record Aborted(String run, String flow, Throwable error) implements Ended {
    }
}
