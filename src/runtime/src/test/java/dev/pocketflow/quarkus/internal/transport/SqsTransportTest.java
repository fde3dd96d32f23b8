package dev.pocketflow.quarkus.internal.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.internal.json.Json;
import dev.pocketflow.quarkus.HandOverFailed;
import dev.pocketflow.quarkus.config.HandOverConfig;
import dev.pocketflow.quarkus.internal.fixture.AwsSdkSettings;
import dev.pocketflow.quarkus.internal.fixture.RecordingServer;
import dev.pocketflow.quarkus.internal.fixture.RecordingServer.Reply;

class SqsTransportTest {

    private static final String RUN = "01K0000000000000000000RUN1";
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String QUEUE = "https://sqs.eu-central-1.amazonaws.com/123456789012/hops";

    private static final Reply TAKEN = new Reply(200, Map.of("Content-Type", "application/x-amz-json-1.0"),
            "{\"MessageId\":\"1\"}".getBytes(UTF_8));

    private Reply failure;
    private RecordingServer sqs;
    private AwsSdkSettings settings;

    @BeforeEach
    void start() {
        sqs = new RecordingServer(request -> failure == null ? TAKEN : failure);
        settings = new AwsSdkSettings(sqs.url());
    }

    @AfterEach
    void stop() {
        settings.close();
        sqs.close();
    }

    @Test
    void messageIsTheEnvelope_withItsAttributes() throws Exception {
        way(QUEUE).send(message("writer", null, TRACE, "{\"hop\":3}"));

        assertThat(sqs.only().header("X-Amz-Target")).isEqualTo("AmazonSQS.SendMessage");
        assertThat(sent()).isEqualTo(Json.MAPPER.readTree("""
                {"QueueUrl": "%s", "MessageBody": "{\\"hop\\":3}", "MessageAttributes": {
                    "run": {"DataType": "String", "StringValue": "%s"}, "hop": {"DataType": "Number", "StringValue": "3"},
                    "flow": {"DataType": "String", "StringValue": "writer"},
                    "traceparent": {"DataType": "String", "StringValue": "%s"}}}""".formatted(QUEUE, RUN, TRACE)));
    }

    @Test
    void envelopeIsSentToTheQueueOfTheMessage() throws Exception {
        way(QUEUE).send(message("agent", QUEUE + "-agent", null, "{}"));

        assertThat(sent().path("QueueUrl").asText()).isEqualTo(QUEUE + "-agent");
        assertThat(sent().path("MessageAttributes").has("traceparent")).isFalse();
    }

    @Test
    void runIsAGroupAndEachHopIsQueuedOnce_inAFifoQueue() throws Exception {
        way(QUEUE + ".fifo").send(message("writer", null, null, "{}"));

        assertThat(sent().path("MessageGroupId").asText()).isEqualTo(RUN);
        assertThat(sent().path("MessageDeduplicationId").asText()).isEqualTo(RUN + "-3");
    }

    @Test
    void bodyAndAttributesAreWithinTheQuota_atTheLimit() throws Exception {
        SqsTransport way = way(QUEUE);
        way.send(message("w".repeat(2_000), null, TRACE, "x".repeat(way.limit())));
        assertThat(way.limit()).isEqualTo(1_048_576 - 1_024);
        assertThat(sent().path("MessageBody").asText()).hasSize(way.limit());
        assertThat(sent().path("MessageAttributes").has("flow")).as("does not fit in").isFalse();

        assertThatThrownBy(() -> way.send(message("writer", null, TRACE, "x".repeat(way.limit() + 1))))
                .isInstanceOf(HandOverFailed.class).hasMessageContaining("its envelope has 1047553 bytes, and at most 1047552");
        sqs.only();
    }

    @Test
    void longestAttributesFit_inTheirReservedBytes() throws Exception {
        way(QUEUE).send(
                new EnvelopeTransport.Message("w".repeat(800), null, RUN, Integer.MAX_VALUE, TRACE, "{}".getBytes(UTF_8)));

        int size = 0;
        for (var attribute : sent().path("MessageAttributes").properties()) {
            size += attribute.getKey().length() + attribute.getValue().path("DataType").asText().length()
                    + attribute.getValue().path("StringValue").asText().length();
        }
        assertThat(sent().path("MessageAttributes").has("flow")).isTrue();
        assertThat(size).isLessThanOrEqualTo(1_024);
    }

    @Test
    void charactersThatSqsRefusesAreEscaped() throws Exception {
        String json = "{\"text\":\"a\uFFFEb\uFFFFc\uD83D\uDE00\u007F\"}";
        way(QUEUE).send(message("writer\uFFFF", null, null, json));

        String body = sent().path("MessageBody").asText();
        assertThat(body).doesNotContain("\uFFFE", "\uFFFF");
        assertThat(Json.MAPPER.readTree(body)).isEqualTo(Json.MAPPER.readTree(json));
        assertThat(sent().path("MessageAttributes").has("flow")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | QueueDoesNotExist  | Create it, or name another with quarkus.pocketflow.sqs.queue-url
            403 | AccessDenied       | Allow sqs:SendMessage on it
            400 | RequestThrottled   | throttled after the SDK's retries
            """)
    void failureNamesCodeAndCorrection_andNotTheServicesText(int status, String code, String wayOut) {
        failure = new Reply(status, Map.of("Content-Type", "application/x-amz-json-1.0", "x-amzn-RequestId", "4711"),
                ("{\"__type\":\"com.amazonaws.sqs#" + code + "\",\"message\":\"private\"}").getBytes(UTF_8));

        assertThatThrownBy(() -> way(QUEUE).send(message("writer", null, null, "{}"))).isInstanceOf(HandOverFailed.class)
                .hasMessageStartingWith(
                        "run " + RUN + ", hop 3, was not accepted by the queue " + QUEUE + ": " + code + " (HTTP " + status
                                + ", request 4711). ")
                .hasMessageContaining(wayOut).hasMessageNotContaining("private");
    }

    @Test
    void failureNamesTheSetting_withoutAQueue() {
        assertThatThrownBy(() -> way(null).send(message("writer", null, null, "{}"))).isInstanceOf(HandOverFailed.class)
                .hasMessageEndingWith("this function has no queue. Set quarkus.pocketflow.sqs.queue-url");
    }

    private JsonNode sent() throws Exception {
        return Json.MAPPER.readTree(sqs.only().body());
    }

    private static SqsTransport way(String queue) {
        HandOverConfig.Sqs config = () -> Optional.ofNullable(queue).map(URI::create);
        return new SqsTransport(config);
    }

    private static EnvelopeTransport.Message message(String flow, String address, String traceparent, String body) {
        return new EnvelopeTransport.Message(flow, address, RUN, 3, traceparent, body.getBytes(UTF_8));
    }
}
