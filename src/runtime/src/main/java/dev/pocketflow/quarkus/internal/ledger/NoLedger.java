package dev.pocketflow.quarkus.internal.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The ledger of a function that has none: every claim succeeds, and nothing is recorded. */
final class NoLedger implements Ledger {

    @Override
    public int limit() {
        return Integer.MAX_VALUE;
    }

    /** Returns one name for all: no claim is compared with another one, so no random number is needed. */
    @Override
    public String newOwner() {
        return "";
    }

    @Override
    public Claim claim(Turn turn, Instant until) {
        return new Claim.Held(null);
    }

    @Override
    public boolean checkpoint(Turn turn, byte[] envelope) {
        return true;
    }

    @Override
    public boolean done(Turn turn, byte[] outcome) {
        return true;
    }

    @Override
    public void free(Turn turn) {
        // there are no claims
    }

    @Override
    public void cancel(String run, Duration atLeast) {
        throw new IllegalStateException("no ledger is configured, so run " + run + " cannot be cancelled");
    }

    @Override
    public boolean cancelled(String run) {
        return false;
    }

    @Override
    public void recordState(String run, int hop, byte[] state, Duration atLeast) {
        // nothing is recorded
    }

    @Override
    public byte[] recordedState(String run) {
        return null;
    }

    @Override
    public Optional<Claim> found(String run, int hop) {
        return Optional.empty();
    }
}
