package dev.pocketflow.quarkus.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.pocketflow.quarkus.internal.Ledger.Turn;

class MemoryLedgerTest extends LedgerContract {

    private final MemoryLedger ledger = new MemoryLedger(LedgerSettings.KEEP, clock);

    @Override
    Ledger ledger() {
        return ledger;
    }

    @Test
    void nothingIsLeftOfWhatIsOver_andAllOfWhatIsNot() {
        for (int hop = 0; hop < 1_000; hop++) {
            Turn turn = new Turn(run, hop, "first");
            claim(turn);
            ledger.done(turn, new byte[1]);
        }
        ledger.cancel(run, Duration.ZERO);
        clock.pass(MINUTE);
        claim(new Turn(run, 1_000, "first"));
        assertThat(ledger.size()).isEqualTo(1_002);

        clock.pass(LedgerSettings.KEEP.minus(MINUTE));
        assertThat(ledger.size()).isEqualTo(1);
        clock.pass(MINUTE.multipliedBy(2));
        assertThat(ledger.size()).isZero();
    }

    @Test
    void itHasItsOwnCopies() {
        byte[] mine = bytes("step 1");
        claim(first);
        ledger.checkpoint(first, mine);
        mine[0] = 'S';
        ((Ledger.Claim.Held) claim(first)).checkpoint()[1] = 'T';

        assertThat(held(claim(first))).isEqualTo("step 1");
    }
}
