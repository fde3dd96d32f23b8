package dev.pocketflow.quarkus.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.pocketflow.Store;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;

class KeyedEventTest {

    private final SetClock clock = new SetClock();
    private final MemoryLedger ledger = new MemoryLedger(Duration.ofDays(1), clock);

    private String check(Ledger ledger, Object value) {
        return KeyedEvent.run(ledger, "flow", "http\norder 7", Store.of(Map.of("value", value)), clock.instant());
    }

    private Ledger.Claim first(String run) {
        return ledger.claim(new Ledger.Turn(run, 0, run), clock.in(Duration.ofMinutes(1)));
    }

    @Test
    void anotherEventIsRefused_asOftenAsItComes() {
        String run = check(ledger, 1);
        assertThat(check(ledger, 1)).isEqualTo(run);

        for (Object other : List.of(2, "1", List.of(1), Map.of("value", 1))) {
            assertThatThrownBy(() -> check(ledger, other)).hasMessageContaining("is run " + run + ".")
                    .asInstanceOf(type(BadEvent.class)).extracting(BadEvent::status).isEqualTo(422);
        }
        check(ledger, 1);
    }

    @Test
    void anotherEventIsTaken_asARunOfItsOwn_whenTheFirstIsForgotten_butItsHopIsNot() {
        String run = check(ledger, 1);
        Ledger.Turn hop = new Ledger.Turn(run, 0, "me");
        ledger.claim(hop, clock.in(Duration.ofMinutes(15)));
        clock.pass(Duration.ofMinutes(10));
        ledger.done(hop, new byte[] { 1 });
        clock.pass(Duration.ofDays(1).minusMinutes(5)); // a day and five minutes after the event

        String other = check(ledger, 2);

        assertThat(first(run)).isInstanceOf(Ledger.Claim.Done.class);
        assertThat(other).isNotEqualTo(run);
        assertThat(first(other)).isEqualTo(new Ledger.Claim.Held(null));
        assertThatThrownBy(() -> check(ledger, 1)).isInstanceOf(BadEvent.class);
    }

    @Test
    void sameEventIsTheSameRun_whenItIsForgotten_butItsHopIsNot() {
        String run = check(ledger, 1);
        clock.pass(Duration.ofDays(1).plusSeconds(1));

        assertThat(check(ledger, 1)).isEqualTo(run);
    }

    @Test
    void eventAndKeyAreTheRun_withoutALedger() {
        Map<String, Object> members = new LinkedHashMap<>(Map.of("a", 1));
        members.put("b", 2);
        Map<String, Object> otherwise = new LinkedHashMap<>(Map.of("b", 2));
        otherwise.put("a", 1);
        String run = check(null, members);

        assertThat(RunId.is(run)).isTrue();
        assertThat(check(null, otherwise)).isEqualTo(run);
        assertThat(check(null, 2)).isNotEqualTo(run);
        assertThat(KeyedEvent.run(null, "flow", "http\norder 8", Store.of(Map.of("value", 2)), clock.instant()))
                .isNotEqualTo(check(null, 2));
    }

    @Test
    void keyIsFree_soonAfterAProcessEndedOverIt() {
        Forgetful forgetful = new Forgetful(ledger);
        check(forgetful, 1); // and what it was is not kept
        assertThatThrownBy(() -> check(ledger, 1)).asInstanceOf(type(EnvelopeRefused.class))
                .extracting(EnvelopeRefused::reason).isEqualTo(Reason.BUSY);

        clock.pass(Duration.ofSeconds(11));
        check(ledger, 1);
        assertThatThrownBy(() -> check(ledger, 2)).isInstanceOf(BadEvent.class);
    }

    @Test
    void hopsOfTheRun_areNotTouched() {
        assertThat(first(check(ledger, 1))).isEqualTo(new Ledger.Claim.Held(null));
    }
}
