package dev.pocketflow.quarkus.internal.ledger;

import java.time.Duration;
import java.time.Instant;

/** A ledger of a process that ends before it could tell that a hop is done. */
public final class ForgetfulLedger implements Ledger {
    private final Ledger ledger;
    public boolean forgets = true;

    public ForgetfulLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public int limit() {
        return ledger.limit();
    }

    @Override
    public Claim claim(Turn turn, Instant until) {
        return ledger.claim(turn, until);
    }

    @Override
    public boolean checkpoint(Turn turn, byte[] envelope) {
        return ledger.checkpoint(turn, envelope);
    }

    @Override
    public boolean done(Turn turn, byte[] outcome) {
        return forgets || ledger.done(turn, outcome);
    }

    @Override
    public void free(Turn turn) {
        ledger.free(turn);
    }

    @Override
    public void cancel(String run, Duration keep) {
        ledger.cancel(run, keep);
    }

    @Override
    public boolean cancelled(String run) {
        return ledger.cancelled(run);
    }
}
