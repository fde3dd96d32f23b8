package dev.pocketflow.quarkus.internal.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;
import dev.pocketflow.quarkus.LedgerFailed;

/** An invocation's claim on the hop that it runs. Without a ledger every call succeeds and nothing is recorded. */
public final class HopClaim {

    private final Ledger ledger;
    private final Ledger.Turn turn;
    private final Duration poll;
    private final InstantSource clock;
    private final AtomicReference<Instant> asked = new AtomicReference<>(Instant.MIN);

    /** @param poll the shortest time between two checks whether the run is cancelled */
    public HopClaim(Ledger ledger, Ledger.Turn turn, Duration poll, InstantSource clock) {
        this.ledger = ledger;
        this.turn = turn;
        this.poll = poll;
        this.clock = clock;
    }

    /** {@return the state of the hop from an earlier claim: its checkpoint, its outcome, or nothing} */
    public Ledger.Claim claim(Instant until) {
        Ledger.Claim claim = ledger.claim(turn, until);
        if (claim instanceof Ledger.Claim.Busy busy) {
            throw new EnvelopeRefused(Reason.BUSY, "another invocation works on run " + turn.run() + ", hop " + turn.hop()
                    + ", until " + busy.until() + " at the latest. Send it again then");
        }
        return claim;
    }

    /** {@return the claimed hop, even while later hops run under this claim} */
    public int hop() {
        return turn.hop();
    }

    /** {@return the most bytes of a checkpoint, and of a recorded answer} */
    public int limit() {
        return ledger.limit();
    }

    /**
     * Stores the progress of the hop.
     *
     * @throws EnvelopeRefused if another invocation took over the hop, so that this one must stop
     * @throws LedgerFailed if it was not stored
     */
    public void checkpoint(byte[] envelope) {
        if (!ledger.checkpoint(turn, envelope)) {
            throw takenOver();
        }
    }

    /**
     * Records the answer of the hop.
     *
     * @param answer JSON of at most {@link #limit()} bytes
     * @throws EnvelopeRefused if another invocation took over the hop, so that the answer is discarded
     */
    public void done(byte[] answer) {
        if (!ledger.done(turn, answer)) {
            throw takenOver();
        }
    }

    /** Ends the claim: another delivery may claim the hop at once. */
    public void free() {
        ledger.free(turn);
    }

    /** {@return whether the run was cancelled; called before every step} */
    public boolean isCancelled() {
        Instant now = clock.instant();
        Instant before = asked.get();
        return !now.isBefore(before.equals(Instant.MIN) ? before : before.plus(poll)) && asked.compareAndSet(before, now)
                && ledger.cancelled(turn.run());
    }

    private EnvelopeRefused takenOver() {
        return new EnvelopeRefused(Reason.BUSY, "the claim of this invocation expired, and another one took over "
                + "run " + turn.run() + ", hop " + turn.hop()
                + ". The result of this invocation was discarded");
    }
}
