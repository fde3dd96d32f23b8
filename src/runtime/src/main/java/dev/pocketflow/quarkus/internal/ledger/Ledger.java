package dev.pocketflow.quarkus.internal.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import dev.pocketflow.quarkus.LedgerFailed;

/**
 * Who works on a hop, and what came of it, for as long as {@code quarkus.pocketflow.ledger.keep}. Thread-safe. Times are those
 * of the clock it was made with, to the millisecond. All of it may be repeated by who does not know whether it took effect, and
 * fails with a {@link LedgerFailed} where what it is kept in does.
 */
public interface Ledger {

    /** Stands in for a ledger that is not configured. */
    Ledger NONE = new NoLedger();

    /**
     * One invocation's turn at a hop.
     *
     * @param owner what tells the invocation from any other, never reused
     * @param remembered until when the hop is known at least, beyond {@code quarkus.pocketflow.ledger.keep}: as long as what it
     *        came
     *        with is taken
     */
    record Turn(String run, int hop, String owner, Instant remembered) {

        Turn(String run, int hop, String owner) {
            this(run, hop, owner, Instant.MIN);
        }

        /** {@return until when it is known, if that is counted from a moment} */
        Instant kept(Instant from, Duration keep) {
            Instant end = from.plus(keep);
            return end.isBefore(remembered) ? remembered : end;
        }

        /** {@return what a ledger keeps the hop under} */
        String id() {
            return run + "#" + hop;
        }
    }

    /** What became of a claim. */
    sealed interface Claim {

        /**
         * The hop is the caller's until the claim ends.
         *
         * @param checkpoint what an earlier turn kept last; null if nothing
         */
        record Held(byte[] checkpoint) implements Claim {
        }

        /**
         * Another invocation has it.
         *
         * @param until when its claim ends
         */
        record Busy(Instant until) implements Claim {
        }

        /**
         * It was done.
         *
         * @param outcome what {@link Ledger#done} recorded
         */
        record Done(byte[] outcome) implements Claim {
        }
    }

    /** {@return whether no ledger is configured} */
    default boolean isNone() {
        return this == NONE;
    }

    /** {@return the name of a new invocation, for its turns} */
    default String newOwner() {
        return UUID.randomUUID().toString();
    }

    /** {@return the most bytes of a checkpoint or an outcome} */
    int limit();

    /**
     * Claims a hop. A claim whose end has passed may be taken by another; its checkpoint stays. Who has it already has it until
     * the new end.
     */
    Claim claim(Turn turn, Instant until);

    /**
     * Keeps how far the hop is, in place of what was kept before.
     *
     * @return false, and nothing is kept, where the claim is no longer this turn's; one that has ended and that nobody else
     *         took still is
     */
    boolean checkpoint(Turn turn, byte[] envelope);

    /**
     * Records what came of the hop, and drops its checkpoint. What a turn recorded first stays.
     *
     * @return false, and nothing is recorded, where the claim is no longer this turn's
     */
    boolean done(Turn turn, byte[] outcome);

    /**
     * Ends a claim: the next one gets the hop at once, and the checkpoint. No effect where it is no longer this turn's, or
     * done.
     */
    void free(Turn turn);

    /**
     * Remembers that a run is to end.
     *
     * @param atLeast how long, where that is more than {@code quarkus.pocketflow.ledger.keep}: as long as the run may rest
     */
    void cancel(String run, Duration atLeast);

    /** {@return the longer of the two} */
    static Duration longer(Duration keep, Duration atLeast) {
        return keep.compareTo(atLeast) > 0 ? keep : atLeast;
    }

    /** {@return whether a run is to end: true as soon as {@link #cancel} returned anywhere} */
    boolean cancelled(String run);

    /** {@return what a ledger keeps the cancellation of a run under} */
    static String cancellation(String run) {
        return run + "#cancel";
    }
}
