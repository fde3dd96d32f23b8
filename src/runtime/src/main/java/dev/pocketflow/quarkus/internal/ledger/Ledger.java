package dev.pocketflow.quarkus.internal.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import dev.pocketflow.quarkus.LedgerFailed;

/**
 * The claims and outcomes of hops. It remembers an outcome for {@code quarkus.pocketflow.ledger.keep}. Times are in
 * milliseconds of the clock that the ledger was made with. A caller may repeat each call if it does not know whether the call
 * took effect. A call fails with {@link LedgerFailed} if its storage fails. Thread-safe.
 */
public interface Ledger {

    /** Stands in for a ledger that is not configured. */
    Ledger NONE = new NoLedger();

    /**
     * The turn of one invocation at a hop.
     *
     * @param owner the unique name of the invocation, never reused
     * @param remembered the earliest time at which the hop may be forgotten, beyond {@code quarkus.pocketflow.ledger.keep}: the
     *        expiry of its event
     */
    record Turn(String run, int hop, String owner, Instant remembered) {

        Turn(String run, int hop, String owner) {
            this(run, hop, owner, Instant.MIN);
        }

        /** {@return the time until which the hop is known, counted from a moment} */
        Instant kept(Instant from, Duration keep) {
            Instant end = from.plus(keep);
            return end.isBefore(remembered) ? remembered : end;
        }

        /** {@return the key of the hop in a ledger} */
        String id() {
            return Ledger.hop(run, hop);
        }
    }

    /** The result of a claim. */
    sealed interface Claim {

        /**
         * The caller holds the hop until the claim ends.
         *
         * @param checkpoint the last checkpoint of an earlier turn; null without one
         */
        record Held(byte[] checkpoint) implements Claim {
        }

        /**
         * Another invocation holds the hop.
         *
         * @param until the end of its claim
         */
        record Busy(Instant until) implements Claim {
        }

        /**
         * The hop is completed.
         *
         * @param outcome the bytes that {@link Ledger#done} recorded
         */
        record Done(byte[] outcome) implements Claim {
        }
    }

    /** {@return whether no ledger is configured} */
    default boolean isNone() {
        return this == NONE;
    }

    /** {@return the unique name of a new invocation, for its turns} */
    default String newOwner() {
        return UUID.randomUUID().toString();
    }

    /** {@return the most bytes of a checkpoint or an outcome} */
    int limit();

    /**
     * Claims a hop. Another turn may take over a claim that has ended, with its checkpoint. A turn that already holds the hop
     * extends its claim.
     */
    Claim claim(Turn turn, Instant until);

    /**
     * Stores the progress of a hop, in place of its earlier checkpoint. A turn whose claim has ended may still store it, unless
     * another turn took over.
     *
     * @return false if another turn took over the hop; then nothing is stored
     */
    boolean checkpoint(Turn turn, byte[] envelope);

    /**
     * Records the outcome of a hop, and drops its checkpoint. The first outcome that a turn records is final.
     *
     * @return false if another turn took over the hop; then nothing is recorded
     */
    boolean done(Turn turn, byte[] outcome);

    /**
     * Ends a claim: the next claim gets the hop and its checkpoint at once. It has no effect if another turn took over the hop,
     * or if the hop is completed.
     */
    void free(Turn turn);

    /**
     * Records that a run is cancelled.
     *
     * @param atLeast the time for which the run may rest; the cancellation is remembered for the longer of it and
     *        {@code quarkus.pocketflow.ledger.keep}
     */
    void cancel(String run, Duration atLeast);

    /**
     * Records where a run stands. The state of an earlier hop does not replace the one of a later hop.
     *
     * @param hop the hop at which the run continues or has ended
     * @param state any bytes, of at most {@link #limit()}
     * @param atLeast as for {@link #cancel}
     */
    void recordState(String run, int hop, byte[] state, Duration atLeast);

    /** {@return the recorded state of a run; null without one} */
    byte[] recordedState(String run);

    /** {@return the result that a claim would have; empty if nobody claimed the hop, or the ledger has forgotten it} */
    Optional<Claim> found(String run, int hop);

    /** {@return the longer of the two} */
    static Duration longer(Duration keep, Duration atLeast) {
        return keep.compareTo(atLeast) > 0 ? keep : atLeast;
    }

    /** {@return whether a run is cancelled: true as soon as {@link #cancel} returned anywhere} */
    boolean cancelled(String run);

    /** {@return the key of a hop in a ledger} */
    static String hop(String run, int hop) {
        return run + "#" + hop;
    }

    /** {@return the key of a run's state in a ledger} */
    static String state(String run) {
        return run + "#state";
    }

    /** {@return the key of a run's cancellation in a ledger} */
    static String cancellation(String run) {
        return run + "#cancel";
    }
}
