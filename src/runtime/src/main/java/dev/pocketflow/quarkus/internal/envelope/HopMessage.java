package dev.pocketflow.quarkus.internal.envelope;

import java.time.Instant;
import java.util.List;

import dev.pocketflow.Envelope;
import dev.pocketflow.FailedAttempt;
import dev.pocketflow.internal.LogText;
import dev.pocketflow.internal.Texts;
import dev.pocketflow.quarkus.config.EnvelopeConfig;

/**
 * An envelope with its transport headers: trace context, expiry, failure.
 *
 * @param envelope the run
 * @param traceparent the W3C trace context of the hop that sent it; null for none
 * @param claimed whether a part of the run is at the claim check, or was
 * @param failure of a parked run; null for any other
 * @param expires the expiry of the envelope that it was read from; {@link Instant#MIN} if it was read from none
 * @param signal the digest of the signal that began the hop; null for none
 * @param missing what the envelope lacks; null for nothing
 */
public record HopMessage(Envelope envelope, String traceparent, boolean claimed, Failure failure, Instant expires,
        String signal,
        Missing missing) {

    /**
     * The failure of a parked run.
     *
     * @param flow the name of the flow that failed
     * @param node the name of the node; null if a function of the flow itself failed
     * @param type the class name of the exception
     * @param message safe to show
     * @param at the time of the failure; null if it was read from an envelope
     * @param item the index of the batch's item that failed; -1 for none
     * @param attempts the failed attempts of that step, or item, oldest first
     * @param done how many items and parallel parts of the step are finished
     */
    public record Failure(String flow, String node, String type, String message, Instant at, int item,
            List<FailedAttempt> attempts, int done) {

        /** An author's message may end in half of a surrogate pair, which no envelope can carry. */
        public Failure {
            message = Texts.mended(message);
        }

        public Failure(String flow, String node, String type, String message) {
            this(flow, node, type, message, null, -1, List.of(), 0);
        }
    }

    /**
     * The names of values that could not be written. An envelope that lacks values is a record of the run: the run cannot be
     * resumed from it.
     *
     * @param store names of the store, at most 100
     * @param more how many further names it lacks
     * @param position whether the position lacks batches, iterations and parts
     */
    public record Missing(List<String> store, int more, boolean position) {

        private static final int NAMED = 100;

        /** Bounds the number and the length of the names: else the record might not fit either. */
        public static Missing of(List<String> names, boolean position) {
            return new Missing(
                    names.stream().limit(NAMED).map(name -> name.length() <= LogText.MOST ? name : LogText.of(name)).toList(),
                    Math.max(0, names.size() - NAMED),
                    position);
        }
    }

    public HopMessage(Envelope envelope, String traceparent, boolean claimed, Failure failure, Instant expires, String signal) {
        this(envelope, traceparent, claimed, failure, expires, signal, null);
    }

    public HopMessage(Envelope envelope, String traceparent, boolean claimed) {
        this(envelope, traceparent, claimed, null);
    }

    public HopMessage(Envelope envelope, String traceparent, boolean claimed, Failure failure) {
        this(envelope, traceparent, claimed, failure, Instant.MIN, null);
    }

    /**
     * {@return the second since the epoch at which the envelope expires, counted from the end of a wait}
     *
     * @param now the second since the epoch at which it is sealed
     */
    long expiry(long now, EnvelopeConfig config) {
        if (failure != null || envelope.isEndless()) {
            return now + config.restExpires().toSeconds();
        }
        Instant until = envelope.until();
        return (until == null ? now : Math.max(now, until.getEpochSecond())) + config.expires().toSeconds();
    }

    /** {@return the same message with another {@link #claimed}} */
    public HopMessage withClaimed(boolean claimed) {
        return new HopMessage(envelope, traceparent, claimed, failure, expires, signal, missing);
    }

    /** {@return the same message with the digest of a signal} */
    public HopMessage withSignal(String digest) {
        return new HopMessage(envelope, traceparent, claimed, failure, expires, digest);
    }

    /** {@return the same run later} */
    public HopMessage at(Envelope run, Failure why) {
        return new HopMessage(run, traceparent, claimed, why, Instant.MIN, signal);
    }

    /** {@return the same message with the part of the run that can be written} */
    public HopMessage without(Envelope rest, Missing what) {
        return new HopMessage(rest, traceparent, claimed, failure, expires, signal, what);
    }

    /** {@return the message to the next hop of the run} */
    public HopMessage next(Envelope run) {
        return new HopMessage(run, Traceparent.next(traceparent), claimed, null, Instant.MIN, signal);
    }
}
