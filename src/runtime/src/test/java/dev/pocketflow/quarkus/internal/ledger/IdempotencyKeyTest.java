package dev.pocketflow.quarkus.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import dev.pocketflow.FlowException;
import dev.pocketflow.Store;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;
import dev.pocketflow.quarkus.internal.cloudevent.EventIdentity;
import dev.pocketflow.quarkus.internal.cloudevent.EventIdentity.Kind;
import dev.pocketflow.quarkus.internal.envelope.RunIds;
import dev.pocketflow.quarkus.internal.fixture.SettableClock;

class IdempotencyKeyTest {

    private final SettableClock clock = new SettableClock();
    private final MemoryLedger ledger = new MemoryLedger(Duration.ofDays(1), clock);

    private String run(Ledger ledger, EventIdentity identity, Object value) {
        return IdempotencyKey.run(ledger, "flow", identity, Store.of(Map.of("value", value)), clock.instant());
    }

    private String check(Ledger ledger, Object value) {
        return run(ledger, new EventIdentity(Kind.IDEMPOTENCY_KEY, List.of("order 7")), value);
    }

    private Ledger.Claim first(String run) {
        return ledger.claim(new Ledger.Turn(run, 0, run), clock.in(Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @EnumSource(names = { "IDEMPOTENCY_KEY", "CLOUD_EVENT", "APPLICATION" })
    void anotherEventIsRefusedEachTime_withoutQuotingTheFirst(Kind kind) {
        EventIdentity identity = new EventIdentity(kind, List.of("S3CRET", "7"));
        String run = run(ledger, identity, 1);
        assertThat(run(ledger, identity, 1)).isEqualTo(run);

        for (Object other : List.of(2, "1", List.of(1), Map.of("value", 1))) {
            assertThatThrownBy(() -> run(ledger, identity, other)).hasMessageContaining("before. Send this event with a new")
                    .hasMessageNotContaining(run).hasMessageNotContaining("S3CRET")
                    .asInstanceOf(type(BadEvent.class)).extracting(BadEvent::status).isEqualTo(422);
        }
        assertThat(run(ledger, identity, 1)).isEqualTo(run);
    }

    /** The sender has chosen nothing: another event under the same id, first or second, does no harm. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = { "IDEMPOTENCY_KEY", "CLOUD_EVENT", "APPLICATION" })
    void anotherEventIsAnotherRun_whenAPlatformChoseTheIdentity(Kind kind) {
        EventIdentity identity = new EventIdentity(kind, List.of("7"));
        String forged = run(ledger, identity, "forged");
        String real = run(ledger, identity, "real");

        assertThat(real).isNotEqualTo(forged);
        assertThat(run(ledger, identity, "forged")).isEqualTo(forged);
        assertThat(run(ledger, identity, "real")).isEqualTo(real);
        assertThat(ledger.size()).isZero();
    }

    @Test
    void anotherEventIsAnotherRun_afterTheFirstIsForgotten() {
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
    void sameEventIsTheSameRun_afterItIsForgotten() {
        String run = check(ledger, 1);
        clock.pass(Duration.ofDays(1).plusSeconds(1));

        assertThat(check(ledger, 1)).isEqualTo(run);
    }

    @ParameterizedTest
    @EnumSource
    void eventAndIdentityNameTheRun_withoutALedger(Kind kind) {
        Map<String, Object> members = new LinkedHashMap<>(Map.of("a", 1));
        members.put("b", 2);
        Map<String, Object> otherwise = new LinkedHashMap<>(Map.of("b", 2));
        otherwise.put("a", 1);
        EventIdentity identity = new EventIdentity(kind, List.of("7"));
        String run = run(Ledger.NONE, identity, members);

        assertThat(RunIds.is(run)).isTrue();
        assertThat(run(Ledger.NONE, identity, otherwise)).isEqualTo(run);
        assertThat(run(Ledger.NONE, identity, 2)).isNotEqualTo(run);
        assertThat(run(Ledger.NONE, new EventIdentity(kind, List.of("8")), 2)).isNotEqualTo(run(Ledger.NONE, identity, 2));
    }

    @Test
    void keyIsFree_soonAfterItsProcessEnded() {
        ForgetfulLedger forgetful = new ForgetfulLedger(ledger);
        String run = check(forgetful, 1); // the digest of the first event was not recorded
        assertThatThrownBy(() -> check(ledger, 2)).hasMessageNotContaining(run).asInstanceOf(type(EnvelopeRefused.class))
                .extracting(EnvelopeRefused::reason).isEqualTo(Reason.BUSY);

        clock.pass(Duration.ofSeconds(11));
        check(ledger, 1);
        assertThatThrownBy(() -> check(ledger, 2)).isInstanceOf(BadEvent.class);
    }

    @Test
    void hopsOfTheRun_areNotTouched() {
        assertThat(first(check(ledger, 1))).isEqualTo(new Ledger.Claim.Held(null));
    }

    /** An unwritable text is refused; any other text is its own. */
    @ParameterizedTest
    @ValueSource(strings = { "\uD83D", "\uD83Dx", "x\uD83D", "\uDE00", "\uDE00\uD83D" })
    void halfACharacterIsRefused_orItsOwnText(String text) {
        String run = check(Ledger.NONE, "?".repeat(text.length()));
        try {
            assertThat(check(Ledger.NONE, text)).isNotEqualTo(run)
                    .isNotEqualTo(check(Ledger.NONE, text.replace('\uD83D', '\uD83E') + "?"));
        } catch (BadEvent refused) {
            assertThat(refused.status()).isEqualTo(400);
        } catch (FlowException.BadValue refused) { // at its entry into the store
            assertThat(refused).hasMessageContaining("surrogate");
        }
    }
}
