package dev.pocketflow.quarkus.internal.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

import org.junit.jupiter.api.Test;

import dev.pocketflow.quarkus.internal.fixture.LedgerConfigValues;
import dev.pocketflow.quarkus.internal.ledger.Ledger.Claim;
import dev.pocketflow.quarkus.internal.ledger.Ledger.Claim.Busy;
import dev.pocketflow.quarkus.internal.ledger.Ledger.Claim.Done;
import dev.pocketflow.quarkus.internal.ledger.Ledger.Claim.Held;
import dev.pocketflow.quarkus.internal.ledger.Ledger.Turn;

/** The contract of every ledger: claims, outcomes and cancellations. */
abstract class LedgerContract extends LedgerStateContract {

    @Test
    void hopIsClaimed_byTheFirstCaller() {
        assertThat(claim(first)).isEqualTo(new Held(null));
        assertThat(claim(second)).isEqualTo(new Busy(clock.in(MINUTE)));
    }

    @Test
    void otherHopsAndRunsAreFree() {
        claim(first);
        for (Turn other : List.of(new Turn(run, 4, "x"), new Turn(run, 33, "x"), new Turn(run + "X", 3, "x"))) {
            assertThat(claim(other)).isEqualTo(new Held(null));
        }
    }

    @Test
    void oneClaimSucceeds_whenManyClaimAtOnce() throws Exception {
        int claimants = 16;
        ExecutorService threads = Executors.newFixedThreadPool(claimants);
        try {
            for (int round = 0; round < 10; round++) {
                CyclicBarrier together = new CyclicBarrier(claimants);
                List<Future<Claim>> claims = new ArrayList<>();
                for (int i = 0; i < claimants; i++) {
                    Turn turn = new Turn(run, round, "claimant-" + i);
                    Ledger ledger = ledger();
                    claims.add(threads.submit(() -> {
                        together.await();
                        return ledger.claim(turn, clock.in(MINUTE));
                    }));
                }
                int held = 0;
                for (Future<Claim> claim : claims) {
                    held += claim.get() instanceof Held ? 1 : 0;
                }
                assertThat(held).as("of round " + round).isOne();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void repeatedClaimOfTheOwner_extendsItsEnd() {
        claim(first);
        clock.pass(MINUTE.dividedBy(2));
        assertThat(claim(first)).as("as after a lost answer").isEqualTo(new Held(null));
        assertThat(claim(second)).isEqualTo(new Busy(clock.in(MINUTE)));
    }

    @Test
    void hopIsFree_fromTheEndOfItsClaim() {
        claim(first);
        clock.pass(MINUTE.minusMillis(1));
        assertThat(claim(second)).isInstanceOf(Busy.class);
        clock.pass(Duration.ofMillis(1));
        assertThat(claim(second)).isEqualTo(new Held(null));
        assertThat(claim(first)).isEqualTo(new Busy(clock.in(MINUTE)));
    }

    @Test
    void oneClaimSucceeds_whenManyClaimAfterTheEnd() throws Exception {
        claim(first);
        ledger().checkpoint(first, bytes("step 1"));
        clock.pass(MINUTE);
        int claimants = 8;
        ExecutorService threads = Executors.newFixedThreadPool(claimants);
        try {
            List<Future<Claim>> claims = new ArrayList<>();
            for (int i = 0; i < claimants; i++) {
                Turn turn = turn("claimant-" + i);
                claims.add(threads.submit(() -> claim(turn)));
            }
            List<Held> held = new ArrayList<>();
            for (Future<Claim> claim : claims) {
                if (claim.get() instanceof Held mine) {
                    held.add(mine);
                }
            }
            assertThat(held).singleElement().satisfies(one -> assertThat(one.checkpoint()).asString(UTF_8).isEqualTo("step 1"));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void nextClaimGetsTheLastCheckpoint_afterTheEnd() {
        claim(first);
        assertThat(ledger().checkpoint(first, bytes("step 1"))).isTrue();
        Ledger same = ledger();
        assertThat(same.checkpoint(first, bytes("step 2"))).isTrue();
        assertThat(same.checkpoint(first, bytes("step 2"))).as("again").isTrue();
        clock.pass(MINUTE);
        assertThat(held(claim(second))).isEqualTo("step 2");
        clock.pass(MINUTE);
        assertThat(held(claim(turn("third")))).as("nothing was kept since").isEqualTo("step 2");
    }

    @Test
    void ownerGetsItsCheckpoint_whenItClaimsAgain() {
        claim(first);
        ledger().checkpoint(first, bytes("step 1"));
        assertThat(held(claim(first))).isEqualTo("step 1");
    }

    @Test
    void endedClaimBelongsToItsOwner_untilAnotherClaims() {
        claim(first);
        clock.pass(MINUTE.multipliedBy(2));
        assertThat(ledger().checkpoint(first, bytes("late"))).isTrue();
        assertThat(ledger().done(first, bytes("outcome"))).isTrue();
        assertThat(done(claim(second))).isEqualTo("outcome");
    }

    @Test
    void formerOwnerChangesNothing_afterAnotherClaimed() {
        claim(first);
        clock.pass(MINUTE);
        claim(second);
        assertThat(ledger().checkpoint(second, bytes("step 2"))).isTrue();

        assertThat(ledger().checkpoint(first, bytes("step 1"))).isFalse();
        assertThat(ledger().done(first, bytes("of the first"))).isFalse();
        ledger().free(first);

        assertThat(claim(turn("third"))).as("still the second's").isInstanceOf(Busy.class);
        assertThat(held(claim(second))).isEqualTo("step 2");
        assertThat(ledger().done(second, bytes("of the second"))).isTrue();
        assertThat(ledger().done(first, bytes("of the first"))).isFalse();
        assertThat(ledger().checkpoint(first, bytes("step 3"))).isFalse();
        assertThat(done(claim(first))).isEqualTo("of the second");
    }

    @Test
    void nothingIsStored_withoutAClaim() {
        assertThat(ledger().checkpoint(first, bytes("step 1"))).isFalse();
        assertThat(ledger().done(first, bytes("outcome"))).isFalse();
        ledger().free(first);

        assertThat(claim(second)).isEqualTo(new Held(null));
    }

    @Test
    void outcomeAnswersEveryLaterClaim() {
        claim(first);
        ledger().checkpoint(first, bytes("step 1"));
        assertThat(ledger().done(first, bytes("outcome"))).isTrue();

        assertThat(ledger().done(first, bytes("another"))).as("as after a lost answer").isTrue();
        assertThat(ledger().checkpoint(first, bytes("step 2"))).isFalse();
        ledger().free(first);
        clock.pass(LedgerConfigValues.KEEP.minusSeconds(1));

        assertThat(done(claim(first))).isEqualTo("outcome");
        assertThat(done(claim(second))).isEqualTo("outcome");
    }

    @Test
    void hopIsFreeAtOnce_withItsCheckpoint() {
        claim(first);
        ledger().checkpoint(first, bytes("step 1"));
        ledger().free(first);
        ledger().free(first);

        assertThat(ledger().checkpoint(first, bytes("step 2"))).as("no longer its").isFalse();
        assertThat(ledger().done(first, bytes("outcome"))).isFalse();
        assertThat(held(claim(second))).isEqualTo("step 1");
        ledger().free(first);
        assertThat(claim(first)).isInstanceOf(Busy.class);
    }

    @Test
    void outcomeIsForgotten_whenItsTimeIsUp() {
        claim(first);
        ledger().done(first, bytes("outcome"));
        clock.pass(LedgerConfigValues.KEEP);

        assertThat(claim(second)).isEqualTo(new Held(null));
        assertThat(ledger().done(first, bytes("late"))).isFalse();
        assertThat(ledger().done(second, bytes("outcome 2"))).isTrue();
        assertThat(done(claim(first))).isEqualTo("outcome 2");
    }

    @Test
    void checkpointIsForgotten_whenItsTimeIsUp_evenIfItIsStored() {
        claim(first);
        ledger().checkpoint(first, bytes("step 1"));
        clock.pass(MINUTE.plus(LedgerConfigValues.KEEP).minusSeconds(1));
        assertThat(ledger().checkpoint(first, bytes("step 2"))).isTrue();
        clock.pass(Duration.ofSeconds(1));

        assertThat(ledger().checkpoint(first, bytes("step 3"))).isFalse();
        assertThat(ledger().done(first, bytes("outcome"))).isFalse();
        assertThat(claim(second)).isEqualTo(new Held(null));
        assertThat(claim(first)).isInstanceOf(Busy.class);
    }

    @Test
    void ownerFindsNothing_whenTheTimeIsUp() {
        claim(first);
        ledger().checkpoint(first, bytes("step 1"));
        clock.pass(MINUTE.plus(LedgerConfigValues.KEEP));

        assertThat(claim(first)).isEqualTo(new Held(null));
    }

    @Test
    void bytesAreReadUnchanged() {
        byte[] large = new byte[300_000];
        ThreadLocalRandom.current().nextBytes(large);
        claim(first);
        assertThat(ledger().checkpoint(first, large)).isTrue();
        assertThat(((Held) claim(first)).checkpoint()).isEqualTo(large);
        assertThat(ledger().checkpoint(first, new byte[0])).isTrue();
        assertThat(((Held) claim(first)).checkpoint()).isEmpty();
        assertThat(ledger().done(first, large)).isTrue();
        assertThat(((Done) claim(second)).outcome()).isEqualTo(large);
        assertThat(ledger().limit()).isGreaterThan(large.length);
    }

    @Test
    void runIsCancelled_untilItsTimeIsUp_andItMayRestNoLonger() {
        assertThat(ledger().cancelled(run)).isFalse();
        for (Duration rest : List.of(Duration.ZERO, LedgerConfigValues.KEEP.multipliedBy(3))) {
            ledger().cancel(run, rest);
            ledger().cancel(run, rest);
            assertThat(ledger().cancelled(run + "X")).isFalse();
            assertThat(claim(turn("of " + rest))).as("its hops are another matter").isEqualTo(new Held(null));
            clock.pass(Ledger.longer(rest, LedgerConfigValues.KEEP).minusSeconds(1));
            assertThat(ledger().cancelled(run)).isTrue();
            clock.pass(Duration.ofSeconds(1));
            assertThat(ledger().cancelled(run)).isFalse();
        }
    }

    static String held(Claim claim) {
        return new String(((Held) claim).checkpoint(), UTF_8);
    }

    static String done(Claim claim) {
        return new String(((Done) claim).outcome(), UTF_8);
    }

    @Test
    void hopIsKnown_untilItsEventExpires() {
        Turn token = new Turn(run, 3, "token", clock.in(LedgerConfigValues.KEEP.multipliedBy(3)));
        claim(token);
        ledger().done(token, bytes("outcome"));
        clock.pass(LedgerConfigValues.KEEP.multipliedBy(2));
        assertThat(claim(second)).isInstanceOf(Done.class);
    }
}
