package dev.pocketflow.quarkus.internal.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A ledger that does what another one does, except for what a test replaces. */
public interface LedgerOver extends Ledger {

    /** {@return the other one} */
    Ledger ledger();

    @Override
    default int limit() {
        return ledger().limit();
    }

    @Override
    default Claim claim(Turn turn, Instant until) {
        return ledger().claim(turn, until);
    }

    @Override
    default boolean checkpoint(Turn turn, byte[] envelope) {
        return ledger().checkpoint(turn, envelope);
    }

    @Override
    default boolean done(Turn turn, byte[] outcome) {
        return ledger().done(turn, outcome);
    }

    @Override
    default void free(Turn turn) {
        ledger().free(turn);
    }

    @Override
    default void cancel(String run, Duration atLeast) {
        ledger().cancel(run, atLeast);
    }

    @Override
    default boolean cancelled(String run) {
        return ledger().cancelled(run);
    }

    @Override
    default void recordState(String run, int hop, byte[] state, Duration atLeast) {
        ledger().recordState(run, hop, state, atLeast);
    }

    @Override
    default byte[] recordedState(String run) {
        return ledger().recordedState(run);
    }

    @Override
    default Optional<Claim> found(String run, int hop) {
        return ledger().found(run, hop);
    }
}
