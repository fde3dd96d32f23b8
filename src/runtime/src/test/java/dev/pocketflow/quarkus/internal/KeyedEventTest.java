package dev.pocketflow.quarkus.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.pocketflow.Store;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;

class KeyedEventTest {

    private static final String RUN = "01K0000000000000000000RUN1";

    private final SetClock clock = new SetClock();
    private final MemoryLedger ledger = new MemoryLedger(Duration.ofDays(1), clock);

    private void check(Ledger ledger, Object value) {
        KeyedEvent.check(ledger, RUN, Store.of(Map.of("value", value)), clock.instant());
    }

    @Test
    void anotherEventIsRefused_asOftenAsItComes() {
        check(ledger, 1);
        check(ledger, 1);

        for (Object other : List.of(2, "1", List.of(1), Map.of("value", 1))) {
            assertThatThrownBy(() -> check(ledger, other)).asInstanceOf(type(BadEvent.class)).extracting(BadEvent::status)
                    .isEqualTo(422);
        }
        check(ledger, 1);
    }

    @Test
    void anotherEventIsTaken_whenTheFirstIsForgotten() {
        check(ledger, 1);
        clock.pass(Duration.ofDays(1).plusSeconds(1));

        assertThatCode(() -> check(ledger, 2)).doesNotThrowAnyException();
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
        check(ledger, 1);

        assertThat(ledger.claim(new Ledger.Turn(RUN, 0, "me"), clock.in(Duration.ofMinutes(1))))
                .isEqualTo(new Ledger.Claim.Held(null));
    }
}
