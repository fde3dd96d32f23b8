package dev.pocketflow.quarkus.internal.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.internal.json.Json;
import dev.pocketflow.quarkus.LedgerFailed;
import dev.pocketflow.quarkus.internal.fixture.AwsSdkSettings;
import dev.pocketflow.quarkus.internal.fixture.LedgerConfigValues;
import dev.pocketflow.quarkus.internal.fixture.RecordingServer;
import dev.pocketflow.quarkus.internal.fixture.RecordingServer.Reply;
import dev.pocketflow.quarkus.internal.fixture.SettableClock;
import dev.pocketflow.quarkus.internal.ledger.Ledger.Turn;

/** Errors of DynamoDB, and the messages about them. */
class DynamoDbLedgerFailureTest {

    private static final Turn TURN = new Turn("01K0000000000000000000RUN1", 3, "first");
    private static final String HOP = "run 01K0000000000000000000RUN1, hop 3, was not ";
    private static final String TABLE = " in the ledger, the DynamoDB table 'hops': ";

    private final SettableClock clock = new SettableClock();
    private final Ledger ledger = new DynamoDbLedger(LedgerConfigValues.table("hops"), clock);
    private Reply answer;
    private RecordingServer dynamo;
    private AwsSdkSettings settings;

    @BeforeEach
    void start() {
        dynamo = new RecordingServer(request -> answer);
        settings = new AwsSdkSettings(dynamo.url());
    }

    @AfterEach
    void stop() {
        settings.close();
        dynamo.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | ProvisionedThroughputExceededException | 3 | throttled after the SDK's retries
            400 | ThrottlingException       | 3 | throttled after the SDK's retries
            400 | RequestLimitExceeded      | 3 | throttled after the SDK's retries
            400 | ResourceNotFoundException | 1 | Create it, with the string 'id' as its partition key, or name another with quarkus.pocketflow.ledger.table
            400 | ValidationException       | 1 | Check that its partition key is the string 'id'
            400 | AccessDeniedException     | 1 | Allow dynamodb:UpdateItem, dynamodb:PutItem and dynamodb:GetItem on it
            400 | UnrecognizedClientException | 1 | Correct this, then resume the run
            500 | InternalServerError       | 3 | Correct this, then resume the run
            """)
    void failureNamesCodeAndCorrection_andNotTheServicesText(int status, String code, int attempts, String wayOut) {
        answer = error(status, code);

        assertThatThrownBy(this::claim).isInstanceOf(LedgerFailed.class)
                .hasMessageStartingWith(HOP + "claimed" + TABLE + code + " (HTTP " + status + ", request 4711). ")
                .hasMessageContaining(wayOut).hasMessageNotContaining("private").hasCauseInstanceOf(Exception.class);
        assertThat(dynamo.requests).hasSize(attempts);
    }

    @Test
    void failureNamesTheOperation() {
        answer = error(400, "ResourceNotFoundException");

        assertThatThrownBy(() -> ledger.checkpoint(TURN, new byte[1])).isInstanceOf(LedgerFailed.class)
                .hasMessageStartingWith(HOP + "stored" + TABLE);
        assertThatThrownBy(() -> ledger.done(TURN, new byte[1])).isInstanceOf(LedgerFailed.class)
                .hasMessageStartingWith(HOP + "recorded as done" + TABLE);
        assertThatThrownBy(() -> ledger.free(TURN)).isInstanceOf(LedgerFailed.class)
                .hasMessageStartingWith(HOP + "freed" + TABLE);
        assertThatThrownBy(() -> ledger.cancel("run", Duration.ZERO)).isInstanceOf(LedgerFailed.class)
                .hasMessageStartingWith("the cancellation of run run was not stored" + TABLE);
        assertThatThrownBy(() -> ledger.cancelled("run")).isInstanceOf(LedgerFailed.class)
                .hasMessageStartingWith("the cancellation of run run was not looked up" + TABLE);
    }

    @Test
    void failureNamesTheNetwork_whenNothingAnswers() {
        answer = null;
        assertThatThrownBy(this::claim).isInstanceOf(LedgerFailed.class)
                .hasMessageStartingWith(HOP + "claimed" + TABLE)
                .hasMessageContaining("Check the network, and AWS_ENDPOINT_URL");

        dynamo.close();
        assertThatThrownBy(this::claim).isInstanceOf(LedgerFailed.class)
                .hasMessageContaining("ConnectException. Nothing was sent. Check the network");
    }

    @Test
    void cancellationIsReadConsistently() throws Exception {
        answer = new Reply(200, Map.of("Content-Type", "application/x-amz-json-1.0"), "{}".getBytes(UTF_8));

        assertThat(ledger.cancelled("run")).isFalse();
        JsonNode request = Json.MAPPER.readTree(dynamo.only().body());
        assertThat(request.path("ConsistentRead").asBoolean()).isTrue();
        assertThat(request.path("TableName").asText()).isEqualTo("hops");
    }

    private Ledger.Claim claim() {
        return ledger.claim(TURN, clock.instant().plusSeconds(60));
    }

    private static Reply error(int status, String code) {
        return new Reply(status, Map.of("Content-Type", "application/x-amz-json-1.0", "x-amzn-RequestId", "4711"),
                ("{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + code + "\",\"message\":\"private\"}").getBytes(UTF_8));
    }
}
