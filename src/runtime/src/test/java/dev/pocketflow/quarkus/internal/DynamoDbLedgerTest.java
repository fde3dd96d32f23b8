package dev.pocketflow.quarkus.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.pocketflow.quarkus.LedgerFailed;
import dev.pocketflow.quarkus.internal.Ledger.Claim;
import dev.pocketflow.testing.LocalDynamo;

/** Against Amazon's own stand-in, through a line that can lose answers. */
class DynamoDbLedgerTest extends LedgerContract {

    private static LocalDynamo dynamo;

    private Line line;
    private AwsSettings settings;

    @BeforeAll
    static void startDynamo() {
        dynamo = LocalDynamo.start();
        dynamo.createTable("pocketflow");
    }

    @AfterAll
    static void stopDynamo() {
        dynamo.close();
    }

    @BeforeEach
    void start() {
        line = new Line(dynamo.endpoint());
        settings = new AwsSettings(line.url());
    }

    @AfterEach
    void stop() {
        settings.close();
        line.close();
        dynamo.empty("pocketflow");
    }

    @Override
    Ledger ledger() {
        return new DynamoDbLedger(LedgerSettings.table("pocketflow"), clock);
    }

    @Test
    void claimIsOneRoundTrip_whetherItIsHeldBusyOrDone() {
        assertThat(calls(() -> claim(first))).isOne();
        assertThat(calls(() -> claim(second))).isOne();
        ledger().done(first, bytes("outcome"));
        assertThat(calls(() -> claim(second))).isOne();
        clock.pass(LedgerSettings.KEEP);
        assertThat(calls(() -> claim(second))).as("in place of one that is over").isEqualTo(2);
    }

    @Test
    void itemsAreNamedAsTheirHopsAndRuns() {
        claim(first);
        ledger().cancel(run, Duration.ZERO);

        assertThat(dynamo.keys("pocketflow")).containsExactly(run + "#3", run + "#cancel");
    }

    @Test
    void everythingIsAsIfOnce_whereTheFirstAnswerIsLost() {
        Ledger ledger = ledger();
        line.loseAnswers(1);
        assertThat(ledger.claim(first, clock.in(MINUTE))).isEqualTo(new Claim.Held(null));
        line.loseAnswers(1);
        assertThat(ledger.checkpoint(first, bytes("step 1"))).isTrue();
        assertThat(held(claim(first))).isEqualTo("step 1");
        line.loseAnswers(1);
        ledger.free(first);
        line.loseAnswers(1);
        assertThat(held(ledger.claim(second, clock.in(MINUTE)))).isEqualTo("step 1");
        line.loseAnswers(1);
        assertThat(ledger.done(second, bytes("outcome"))).isTrue();
        line.loseAnswers(1);
        ledger.cancel(run, Duration.ZERO);

        assertThat(done(claim(first))).isEqualTo("outcome");
        assertThat(ledger.cancelled(run)).isTrue();
        assertThat(line.lost()).isEqualTo(6);
    }

    @Test
    void claimInPlaceOfOneThatIsOverIsHeld_whereItsAnswersAreLost() {
        claim(first);
        ledger().done(first, bytes("outcome"));
        clock.pass(LedgerSettings.KEEP);
        line.loseAnswers("PutItem");

        assertThat(claim(second)).isEqualTo(new Claim.Held(null));
        assertThat(line.lost()).isOne();
    }

    @Test
    void everythingIsTheSame_whereRefusalsDoNotTellWhatStoodInTheWay() {
        line.tellNoItems();
        Ledger ledger = ledger();
        claim(first);

        assertThat(claim(second)).isEqualTo(new Claim.Busy(clock.in(MINUTE)));
        assertThat(ledger.checkpoint(second, bytes("step 1"))).isFalse();
        assertThat(ledger.done(first, bytes("outcome"))).isTrue();
        assertThat(ledger.done(first, bytes("outcome"))).isTrue();
        assertThat(done(claim(second))).isEqualTo("outcome");
        clock.pass(LedgerSettings.KEEP);
        assertThat(claim(second)).isEqualTo(new Claim.Held(null));
    }

    @Test
    void checkpointThatArrivesLateDoesNotUndoTheNext() {
        Ledger ledger = ledger();
        ledger.claim(first, clock.in(MINUTE));
        ledger.checkpoint(first, bytes("step 1"));
        Recorder.Request late = line.last();
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
                        "run " + run + ", hop 3, was not kept in the ledger, the DynamoDB table 'pocketflow': its checkpoint"
                                + " has 405505 bytes, and at most 405504 are taken. Configure a claim check: "
                                + "pocketflow.claim-check.bucket or .directory");
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
