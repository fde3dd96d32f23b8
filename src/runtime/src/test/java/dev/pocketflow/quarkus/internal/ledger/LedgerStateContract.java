package dev.pocketflow.quarkus.internal.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import dev.pocketflow.quarkus.internal.fixture.LedgerConfigValues;
import dev.pocketflow.quarkus.internal.fixture.SettableClock;
import dev.pocketflow.quarkus.internal.ledger.Ledger.Claim;
import dev.pocketflow.quarkus.internal.ledger.Ledger.Claim.Busy;
import dev.pocketflow.quarkus.internal.ledger.Ledger.Claim.Done;
import dev.pocketflow.quarkus.internal.ledger.Ledger.Claim.Held;
import dev.pocketflow.quarkus.internal.ledger.Ledger.Turn;

/** The contract of every ledger: the states of runs, and the reading without a claim. */
abstract class LedgerStateContract {

    static final Duration MINUTE = Duration.ofMinutes(1);

    final SettableClock clock = new SettableClock();
    final String run = "01K" + UUID.randomUUID().toString().replace("-", "").substring(0, 23).toUpperCase();
    final Turn first = turn("first");
    final Turn second = turn("second");

    /** {@return the same ledger as another invocation has it, with this clock} */
    abstract Ledger ledger();

    Turn turn(String owner) {
        return new Turn(run, 3, owner);
    }

    Claim claim(Turn turn) {
        return ledger().claim(turn, clock.in(MINUTE));
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void stateIsRead_asItWasRecordedLast() {
        assertThat(ledger().recordedState(run)).isNull();
        ledger().recordState(run, 0, bytes("begun"), Duration.ZERO);
        assertThat(ledger().recordedState(run)).isEqualTo(bytes("begun"));
        ledger().recordState(run, 4, bytes("suspended"), Duration.ZERO);
        ledger().recordState(run, 4, bytes("ended"), Duration.ZERO);
        assertThat(ledger().recordedState(run)).isEqualTo(bytes("ended"));
        assertThat(ledger().recordedState(run + "X")).isNull();
        assertThat(ledger().cancelled(run)).isFalse();
        assertThat(ledger().found(run, 4)).as("a state is no hop").isEmpty();
    }

    @Test
    void stateOfAnEarlierHop_doesNotReplaceALaterOne() {
        ledger().recordState(run, 12, bytes("later"), Duration.ZERO);
        ledger().recordState(run, 3, bytes("earlier"), Duration.ZERO);

        assertThat(ledger().recordedState(run)).isEqualTo(bytes("later"));
    }

    @Test
    void stateIsKnown_untilItsTimeIsUp_andThenAnyHopReplacesIt() {
        for (Duration rest : new Duration[] { Duration.ZERO, LedgerConfigValues.KEEP.multipliedBy(3) }) {
            ledger().recordState(run, 9, bytes("resting"), rest);
            clock.pass(Ledger.longer(rest, LedgerConfigValues.KEEP).minusSeconds(1));
            assertThat(ledger().recordedState(run)).isEqualTo(bytes("resting"));
            clock.pass(Duration.ofSeconds(1));
            assertThat(ledger().recordedState(run)).isNull();
        }
        ledger().recordState(run, 1, bytes("again"), Duration.ZERO);
        assertThat(ledger().recordedState(run)).isEqualTo(bytes("again"));
    }

    @Test
    void hopIsFound_asAClaimWouldFindIt() {
        assertThat(ledger().found(run, 3)).isEmpty();
        claim(first);
        assertThat(ledger().found(run, 3)).contains(new Busy(clock.in(MINUTE)));
        assertThat(ledger().found(run, 4)).isEmpty();
        ledger().free(first);
        assertThat(ledger().found(run, 3)).contains(new Held(null));
        claim(second);
        ledger().checkpoint(second, bytes("step 1"));
        clock.pass(MINUTE);
        assertThat(ledger().found(run, 3)).hasValueSatisfying(
                found -> assertThat(((Held) found).checkpoint()).isEqualTo(bytes("step 1")));
        assertThat(claim(second)).as("reading took nothing").isInstanceOf(Held.class);
        ledger().done(second, bytes("outcome"));
        assertThat(ledger().found(run, 3)).hasValueSatisfying(
                found -> assertThat(((Done) found).outcome()).isEqualTo(bytes("outcome")));
        clock.pass(LedgerConfigValues.KEEP);
        assertThat(ledger().found(run, 3)).isEmpty();
    }
}
