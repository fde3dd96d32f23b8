package dev.pocketflow.quarkus.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.pocketflow.quarkus.LedgerFailed;
import dev.pocketflow.quarkus.internal.fixture.LedgerConfigValues;
import dev.pocketflow.quarkus.internal.fixture.RecordingServer;

/** A refusal that returns the item, like DynamoDB's. */
class DynamoDbLedgerTest extends DynamoDbLedgerContract {

    @Test
    void claimTakesOneRoundTrip_whenTheHopIsFreeBusyOrDone() {
        assertThat(calls(() -> claim(first))).isOne();
        assertThat(calls(() -> claim(second))).isOne();
        ledger().done(first, bytes("outcome"));
        assertThat(calls(() -> claim(second))).isOne();
        clock.pass(LedgerConfigValues.KEEP);
        assertThat(calls(() -> claim(second))).as("in place of one that is over").isEqualTo(2);
    }

    @Test
    void itemsAreNamedByTheirHopsAndRuns() {
        claim(first);
        ledger().cancel(run, Duration.ZERO);

        assertThat(dynamo.keys("pocketflow")).containsExactly(run + "#3", run + "#cancel");
    }

    @Test
    void lateCheckpointDoesNotReplaceTheNext() {
        Ledger ledger = ledger();
        ledger.claim(first, clock.in(MINUTE));
        ledger.checkpoint(first, bytes("step 1"));
        RecordingServer.Request late = line.last();
        ledger.checkpoint(first, bytes("step 2"));

        assertThat(line.send(late).status()).isEqualTo(400);
        assertThat(held(claim(first))).isEqualTo("step 2");
    }

    @Test
    void largestCheckpointAndOutcomeFit_andNothingLarger() {
        Ledger ledger = ledger();
        claim(first);
        assertThat(ledger.checkpoint(first, new byte[ledger.limit()])).isTrue();
        assertThatThrownBy(() -> ledger.checkpoint(first, new byte[ledger.limit() + 1])).isInstanceOf(LedgerFailed.class)
                .hasMessage(
                        "run " + run + ", hop 3, was not stored in the ledger, the DynamoDB table 'pocketflow': its checkpoint "
                                + "has 405505 bytes, and at most 405504 are accepted. Configure a claim check: "
                                + "quarkus.pocketflow.claim-check.bucket or .directory");
        assertThatThrownBy(() -> ledger.done(first, new byte[ledger.limit() + 1])).isInstanceOf(LedgerFailed.class)
                .hasMessageContaining("its outcome has 405505 bytes");
        assertThat(ledger.done(first, new byte[ledger.limit()])).isTrue();
    }

    private int calls(Runnable work) {
        int before = line.calls();
        work.run();
        return line.calls() - before;
    }
}
