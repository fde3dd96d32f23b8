package dev.pocketflow.quarkus.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import java.util.function.Function;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.pocketflow.quarkus.internal.fixture.RecordingServer;
import dev.pocketflow.quarkus.internal.ledger.Ledger.Claim;

/** A refusal that returns no item, so that it is read: others may write in between. */
class DynamoDbLedgerReadTest extends DynamoDbLedgerContract {

    /**
     * Events between the refusal of the second claim and the read. The first invocation holds the hop and stored a checkpoint.
     */
    enum Between {
        NOTHING(test -> {
        }, test -> new Claim.Busy(test.clock.in(MINUTE))),
        FREED(test -> test.ledger().free(test.first), test -> null),
        CLAIMED_AGAIN(test -> test.ledger().claim(test.first, test.clock.in(MINUTE.multipliedBy(2))),
                test -> new Claim.Busy(test.clock.in(MINUTE.multipliedBy(2)))),
        FREED_AND_TAKEN_BY_A_THIRD(test -> {
            test.ledger().free(test.first);
            test.ledger().claim(test.turn("third"), test.clock.in(MINUTE.multipliedBy(3)));
        }, test -> new Claim.Busy(test.clock.in(MINUTE.multipliedBy(3)))),
        DONE(test -> test.ledger().done(test.first, bytes("outcome")), test -> new Claim.Done(bytes("outcome"))),
        DELETED(test -> dynamo.empty("pocketflow"), test -> new Claim.Held(null));

        private final Consumer<DynamoDbLedgerReadTest> work;
        private final Function<DynamoDbLedgerReadTest, Claim> claim;

        Between(Consumer<DynamoDbLedgerReadTest> work, Function<DynamoDbLedgerReadTest, Claim> claim) {
            this.work = work;
            this.claim = claim;
        }
    }

    @BeforeEach
    void tellNoItems() {
        line.tellNoItems();
    }

    @Test
    void refusedClaimTakesTwoRoundTrips_andAnotherTakesOne() {
        claim(first);
        assertThat(line.calls()).isOne();
        claim(second);
        assertThat(line.calls()).isEqualTo(3);
        assertThat(line.last().text()).contains("\"ConsistentRead\":true");
    }

    @ParameterizedTest
    @EnumSource
    void claimAnswersTheItem_afterAnyChangeBeforeTheRead(Between between) {
        Ledger ledger = ledger();
        claim(first);
        ledger.checkpoint(first, bytes("step 1"));
        line.beforeTheNextRead(() -> between.work.accept(this));

        Claim claim = claim(second);

        Claim expected = between.claim.apply(this);
        if (expected == null) {
            assertThat(held(claim)).isEqualTo("step 1");
        } else if (expected instanceof Claim.Done done) {
            assertThat(done(claim)).isEqualTo(new String(done.outcome()));
        } else {
            assertThat(claim).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void expiredOwnerIsRefused_afterAnyChangeBeforeTheRead(Between between) {
        claim(first);
        for (boolean done : new boolean[] { true, false }) {
            line.beforeTheNextRead(() -> between.work.accept(this));
            assertThat(done ? ledger().done(second, bytes("zombie")) : ledger().checkpoint(second, bytes("zombie"))).isFalse();
        }
    }

    @Test
    void checkpointIsRefused_whenAnotherClaimedTheHopBeforeTheRead() {
        Ledger ledger = ledger();
        claim(first);
        ledger.checkpoint(first, bytes("step 1"));
        RecordingServer.Request late = line.last();
        ledger.checkpoint(first, bytes("step 2"));
        line.send(late);
        clock.pass(MINUTE);
        line.beforeTheNextRead(() -> claim(second));

        assertThat(ledger().checkpoint(first, bytes("step 1 of a new process"))).isFalse();
        assertThat(held(claim(second))).isEqualTo("step 2");
    }
}
