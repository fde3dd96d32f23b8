package dev.pocketflow.quarkus.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.pocketflow.cloud.dynamodb.LocalDynamo;
import dev.pocketflow.quarkus.internal.fixture.AwsSdkSettings;
import dev.pocketflow.quarkus.internal.fixture.LedgerConfigValues;
import dev.pocketflow.quarkus.internal.fixture.LocalLedgerTable;
import dev.pocketflow.quarkus.internal.fixture.LossyAwsConnection;
import dev.pocketflow.quarkus.internal.ledger.Ledger.Claim;

/** The contract with the local DynamoDB, over a connection that can lose answers. */
@ExtendWith(LocalLedgerTable.class)
abstract class DynamoDbLedgerContract extends LedgerContract {

    static LocalDynamo dynamo;

    LossyAwsConnection line;
    private AwsSdkSettings settings;

    @BeforeAll
    static void startDynamo() {
        dynamo = LocalLedgerTable.start();
    }

    @AfterAll
    static void stopDynamo() {
        dynamo.close();
    }

    @BeforeEach
    void start() {
        line = new LossyAwsConnection(dynamo.endpoint());
        settings = new AwsSdkSettings(line.url());
    }

    @AfterEach
    void stop() {
        settings.close();
        line.close();
        dynamo.empty("pocketflow");
    }

    @Override
    Ledger ledger() {
        return new DynamoDbLedger(LedgerConfigValues.table("pocketflow"), clock);
    }

    @Test
    void eachCallTakesEffectOnce_whenTheFirstAnswerIsLost() {
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
    void claimAfterAnExpiredOneSucceeds_whenItsAnswersAreLost() {
        claim(first);
        ledger().done(first, bytes("outcome"));
        clock.pass(LedgerConfigValues.KEEP);
        line.loseAnswers("PutItem");

        assertThat(claim(second)).isEqualTo(new Claim.Held(null));
        assertThat(line.lost()).isOne();
    }
}
