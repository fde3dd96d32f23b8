package dev.pocketflow.quarkus.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.pocketflow.quarkus.internal.fixture.LedgerConfigValues;
import dev.pocketflow.quarkus.internal.ledger.Ledger.Turn;

class MemoryLedgerTest extends LedgerContract {

    private final MemoryLedger ledger = new MemoryLedger(LedgerConfigValues.KEEP, clock);

    @Override
    Ledger ledger() {
        return ledger;
    }

    @Test
    void expiredEntriesAreRemoved_andOthersStay() {
        for (int hop = 0; hop < 1_000; hop++) {
            Turn turn = new Turn(run, hop, "first");
            claim(turn);
            ledger.done(turn, new byte[1]);
        }
        ledger.cancel(run, Duration.ZERO);
        clock.pass(MINUTE);
        claim(new Turn(run, 1_000, "first"));
        assertThat(ledger.size()).isEqualTo(1_002);

        clock.pass(LedgerConfigValues.KEEP.minus(MINUTE));
        assertThat(ledger.size()).isEqualTo(1);
        clock.pass(MINUTE.multipliedBy(2));
        assertThat(ledger.size()).isZero();
    }

    @Test
    void ledgerCopiesItsBytes() {
        byte[] mine = bytes("step 1");
        claim(first);
        ledger.checkpoint(first, mine);
        mine[0] = 'S';
        ((Ledger.Claim.Held) claim(first)).checkpoint()[1] = 'T';

        assertThat(held(claim(first))).isEqualTo("step 1");
    }

    private static final int MOST = 100_000;

    private final MemoryLedger small = new MemoryLedger(LedgerConfigValues.KEEP, MOST, clock);

    private static byte[] completed(int size) {
        return bytes("{\"status\":\"completed\",\"run\":\"R\",\"store\":{\"a\":\"" + "x".repeat(size) + "\"},\"path\":[]}");
    }

    private Turn done(int hop, byte[] outcome) {
        Turn turn = new Turn(run, hop, "first");
        small.claim(turn, clock.in(MINUTE));
        small.done(turn, outcome);
        return turn;
    }

    private Ledger.Claim again(int hop) {
        return small.claim(new Turn(run, hop, "second"), clock.in(MINUTE));
    }

    @Test
    void oldOutcomesLoseTheirStores_andStayCompleted() {
        for (int hop = 0; hop < 50; hop++) {
            done(hop, completed(10_000));
            assertThat(small.bytes()).isLessThanOrEqualTo(MOST);
        }
        assertThat(small.size()).isEqualTo(50);
        assertThat(done(again(0))).isEqualTo("{\"status\":\"completed\",\"run\":\"R\"}");
        assertThat(((Ledger.Claim.Done) again(49)).outcome()).isEqualTo(completed(10_000));
    }

    @Test
    void oldestOutcomesAreForgotten_whenTheyHaveNoStore() {
        byte[] handedOver = bytes("{\"status\":\"handed-over\",\"envelope\":\"" + "x".repeat(1_000) + "\"}");
        for (int hop = 0; hop < 500; hop++) {
            done(hop, hop % 2 == 0 ? handedOver : bytes("no JSON at all " + "x".repeat(1_000)));
            assertThat(small.bytes()).isLessThanOrEqualTo(MOST);
        }
        assertThat(again(0)).isEqualTo(new Ledger.Claim.Held(null));
        assertThat(((Ledger.Claim.Done) again(498)).outcome()).isEqualTo(handedOver);
    }

    @Test
    void claimedHopsAndCancellations_stay() {
        Turn working = new Turn(run, 10_000, "first");
        small.claim(working, clock.in(MINUTE));
        small.checkpoint(working, bytes("step 1"));
        small.cancel("CANCELLED", Duration.ofDays(365));
        for (int hop = 0; hop < 5_000; hop++) {
            done(hop, completed(1_000));
        }
        assertThat(small.bytes()).isLessThanOrEqualTo(MOST);
        assertThat(again(10_000)).isInstanceOf(Ledger.Claim.Busy.class);
        assertThat(small.checkpoint(working, bytes("step 2"))).isTrue();
        assertThat(small.done(working, completed(1))).isTrue();
        assertThat(small.cancelled("CANCELLED")).isTrue();
    }

    @Test
    void abandonedHopsAreRemoved_afterTheirClaim() {
        for (int hop = 0; hop < 1_000; hop++) {
            Turn turn = new Turn(run, hop, "first");
            small.claim(turn, clock.in(MINUTE));
            small.checkpoint(turn, new byte[10_000]);
            clock.pass(MINUTE);
        }
        assertThat(small.bytes()).isLessThanOrEqualTo(MOST);
    }

    @Test
    void cancellationsAreLimited() {
        for (int i = 0; i < 10_000; i++) {
            small.cancel("RUN" + i, Duration.ofDays(365));
        }
        assertThat(small.bytes()).isLessThanOrEqualTo(MOST);
        assertThat(small.cancelled("RUN9999")).isTrue();
    }

    @Test
    void expiredEntriesAreNotCounted() {
        done(1, completed(10_000));
        small.cancel(run, Duration.ZERO);
        clock.pass(LedgerConfigValues.KEEP);
        assertThat(small.bytes()).isZero();
        assertThat(small.size()).isZero();
    }
}
