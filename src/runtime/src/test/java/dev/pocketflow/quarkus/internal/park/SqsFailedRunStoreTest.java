package dev.pocketflow.quarkus.internal.park;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.internal.json.Json;
import dev.pocketflow.quarkus.HandOverFailed;
import dev.pocketflow.quarkus.internal.fixture.AwsSdkSettings;
import dev.pocketflow.quarkus.internal.fixture.RecordingServer;
import dev.pocketflow.quarkus.internal.fixture.RecordingServer.Reply;

class SqsFailedRunStoreTest {

    private static final String RUN = "01K0000000000000000000RVN1";
    private static final String QUEUE = "https://sqs.eu-central-1.amazonaws.com/123456789012/parked";
    private static final Reply TAKEN = new Reply(200, Map.of("Content-Type", "application/x-amz-json-1.0"),
            "{\"MessageId\":\"1\"}".getBytes(UTF_8));

    private Reply answer = TAKEN;
    private RecordingServer sqs;
    private AwsSdkSettings settings;

    @BeforeEach
    void start() {
        sqs = new RecordingServer(request -> answer);
        settings = new AwsSdkSettings(sqs.url());
    }

    @AfterEach
    void stop() {
        settings.close();
        sqs.close();
    }

    private JsonNode sent() throws Exception {
        return Json.MAPPER.readTree(sqs.requests.get(sqs.requests.size() - 1).body());
    }

    private static FailedRunStore.Message message(String flow, String node, String envelope) {
        return new FailedRunStore.Message(RUN, 3, flow, node, "java.io.IOException", envelope.getBytes(UTF_8));
    }

    private static SqsFailedRunStore park(String queue) {
        return new SqsFailedRunStore(URI.create(queue));
    }

    @Test
    void messageIsTheEnvelope_andNamesTheFailure() throws Exception {
        SqsFailedRunStore park = park(QUEUE);
        park.park(message("writer", "write", "{\"hop\":3}"));

        assertThat(sqs.only().header("X-Amz-Target")).isEqualTo("AmazonSQS.SendMessage");
        assertThat(sent()).isEqualTo(Json.MAPPER.readTree("""
                {"QueueUrl": "%s", "MessageBody": "{\\"hop\\":3}", "MessageAttributes": {
                    "run": {"DataType": "String", "StringValue": "%s"}, "hop": {"DataType": "Number", "StringValue": "3"},
                    "flow": {"DataType": "String", "StringValue": "writer"},
                    "node": {"DataType": "String", "StringValue": "write"},
                    "type": {"DataType": "String", "StringValue": "java.io.IOException"}}}""".formatted(QUEUE, RUN)));
        assertThat(park.isDurable()).isTrue();
    }

    @Test
    void attributesAreLeftOut_whenTheyAreMissingOrDoNotFit() throws Exception {
        park(QUEUE).park(message("w".repeat(2_000), null, "{}"));
        assertThat(sent().path("MessageAttributes").fieldNames()).toIterable().containsExactly("run", "hop", "type");

        park(QUEUE).park(message("writer", "\uFFFF", "{}"));
        assertThat(sent().path("MessageAttributes").fieldNames()).toIterable().containsExactly("run", "hop", "flow", "type");
    }

    /** A hop that was resumed within SQS's five minutes may have failed again. */
    @Test
    void sameEnvelopeIsQueuedOnce_inAFifoQueue() throws Exception {
        park(QUEUE + ".fifo").park(message("writer", "write", "{\"nonce\":1}"));
        JsonNode first = sent();
        park(QUEUE + ".fifo").park(message("writer", "write", "{\"nonce\":1}"));
        JsonNode again = sent();
        park(QUEUE + ".fifo").park(message("writer", "write", "{\"nonce\":2}"));

        assertThat(first.path("MessageGroupId").asText()).isEqualTo(RUN);
        assertThat(first.path("MessageDeduplicationId").asText()).matches("[0-9a-f]{64}");
        assertThat(again).isEqualTo(first);
        assertThat(sent().path("MessageDeduplicationId")).isNotEqualTo(first.path("MessageDeduplicationId"));
    }

    @Test
    void envelopeIsWithinTheQuota() {
        SqsFailedRunStore park = park(QUEUE);
        park.park(message("writer", "write", "x".repeat(park.limit())));

        assertThat(park.limit()).isEqualTo(1_048_576 - 1_024);
        assertThatThrownBy(() -> park.park(message("writer", "write", "x".repeat(park.limit() + 1))))
                .isInstanceOf(HandOverFailed.class).hasMessageContaining("its envelope has 1047553 bytes, and at most 1047552");
        sqs.only();
    }

    @Test
    void failureNamesTheKeyOfThisQueue() {
        answer = new Reply(400, Map.of("Content-Type", "application/x-amz-json-1.0", "x-amzn-RequestId", "4711"),
                "{\"__type\":\"com.amazonaws.sqs#QueueDoesNotExist\",\"message\":\"private\"}".getBytes(UTF_8));

        assertThatThrownBy(() -> park(QUEUE).park(message("writer", "write", "{}"))).isInstanceOf(HandOverFailed.class)
                .hasMessage("run " + RUN + ", hop 3, was not accepted by the queue " + QUEUE + ": QueueDoesNotExist (HTTP 400, "
                        + "request 4711). Create it, or name another with quarkus.pocketflow.park.queue-url");
    }
}
