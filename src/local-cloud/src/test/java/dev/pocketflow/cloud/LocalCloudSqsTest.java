package dev.pocketflow.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.pocketflow.cloud.eventsource.EventSourceSpec;
import dev.pocketflow.cloud.invocation.AsyncInvocation;
import dev.pocketflow.cloud.invocation.DeadLetter;
import dev.pocketflow.cloud.invocation.InvocationAttempt;
import dev.pocketflow.cloud.lambda.Destination;
import dev.pocketflow.cloud.lambda.FakeRuntime;
import dev.pocketflow.cloud.lambda.FunctionContext;
import dev.pocketflow.cloud.lambda.LocalLambda;
import dev.pocketflow.cloud.sqs.QueueMessage;
import dev.pocketflow.cloud.sqs.SqsMessage;

/** Queues: as the end of what fails, and as a source of events. */
class LocalCloudSqsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final BlockingQueue<JsonNode> EVENTS = new LinkedBlockingQueue<>();
    private static final BlockingQueue<InvocationAttempt> HOPS = new LinkedBlockingQueue<>();

    @RegisterExtension
    static final LocalCloudExtension CLOUD = LocalCloudExtension
            .of(LocalCloud.builder().lambda(lambda -> lambda.onAttempt(HOPS::add))
                    .function("failing", spec -> spec.maximumRetryAttempts(0).deadLetterQueue("letters")
                            .onFailure(Destination.queue("records")).handler(LocalCloudSqsTest::fail))
                    .function("looping", spec -> spec.deadLetterQueue("letters").handler((event, context) -> {
                        context.invokeAsync("looping", text(event));
                        return event;
                    }))
                    .function("reader", spec -> spec.handler(LocalCloudSqsTest::read))
                    .function("forwarder", spec -> spec.handler(LocalCloudSqsTest::forward))
                    .queue("given-up")
                    .queue("jobs", spec -> spec.visibilityTimeout(Duration.ofSeconds(1)).deadLetters("given-up", 2))
                    .queue("loop", spec -> spec.visibilityTimeout(Duration.ofSeconds(1)).deadLetters("given-up", 1))
                    .eventSource("jobs", "reader", EventSourceSpec::reportBatchItemFailures)
                    .eventSource("twice", "reader", source -> source.reportBatchItemFailures().deliveries(() -> 2))
                    .eventSource("loop", "forwarder", source -> source.batchSize(1)));

    @BeforeEach
    void forget() {
        EVENTS.clear();
        HOPS.clear();
    }

    @Test
    void deadLetterIsTheEventItself_withTheReasonInItsAttributes(LocalCloud cloud) throws Exception {
        AsyncInvocation accepted = cloud.lambda().invokeAsync("failing", "{\"n\": 1.0}");
        accepted.completion().get(2, TimeUnit.MINUTES);

        QueueMessage letter = cloud.sqs().take("letters", PATIENCE).orElseThrow();
        assertThat(letter.body()).isEqualTo("{\"n\": 1.0}");
        assertThat(letter.attributes()).containsOnlyKeys("RequestID", "ErrorCode", "ErrorMessage")
                .containsEntry("RequestID", accepted.requestId()).containsEntry("ErrorCode", "200");
        assertThat(letter.attributes().get("ErrorMessage")).hasSize(1024 / 2).matches("é+");
        assertThat(letter.system().get("AWSTraceHeader")).contains("Lineage=");
    }

    @Test
    void messageIsShownAsTheCliPrintsIt_andStays(LocalCloud cloud) throws Exception {
        cloud.lambda().invokeAsync("failing", "{\"n\": 1.0}").completion().get(2, TimeUnit.MINUTES);

        JsonNode message = HttpCalls.json(said(cloud, "queue letters")).at("/Messages/0");

        assertThat(message.path("Body").asText()).isEqualTo("{\"n\": 1.0}");
        assertThat(message.fieldNames()).toIterable().contains("MessageId", "ReceiptHandle", "MD5OfBody", "MessageAttributes");
        assertThat(HttpCalls.json(said(cloud, "queue letters")).at("/Messages/0/MessageId"))
                .isEqualTo(message.path("MessageId"));
        assertThat(cloud.sqs().take("letters", PATIENCE)).isPresent();
        assertThat(said(cloud, "queue letters")).doesNotContain("Body");
    }

    private static String said(LocalCloud cloud, String command) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new CloudConsole(cloud, new BufferedReader(new StringReader(command)),
                new PrintStream(out, true, StandardCharsets.UTF_8)).run();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void recordOfWhatFailedIsSentToItsDestination(LocalCloud cloud) throws Exception {
        cloud.lambda().invokeAsync("failing", "{\"n\": 2}").completion().get(2, TimeUnit.MINUTES);

        QueueMessage message = cloud.sqs().take("records", PATIENCE).orElseThrow();
        assertThat(message.body()).isEqualTo(cloud.lambda().deadLetters().get(0).invocationRecord());
        JsonNode sent = HttpCalls.json(message.body());
        assertThat(sent.path("requestPayload").path("n").asInt()).isEqualTo(2);
        assertThat(sent.path("requestContext").path("condition").asText()).isEqualTo("RetriesExhausted");
        assertThat(sent.path("responsePayload").path("errorType").asText()).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void eventOfAStoppedChainIsADeadLetter(LocalCloud cloud) {
        cloud.lambda().invokeAsync("looping", "\"round\"");

        QueueMessage letter = cloud.sqs().take("letters", PATIENCE).orElseThrow();
        assertThat(letter.body()).isEqualTo("\"round\"");
        assertThat(letter.attributes()).containsEntry("ErrorCode", "400");
        assertThat(letter.attributes().get("ErrorMessage")).contains("recursive loop");
    }

    @Test
    void invocationStillEnds_whenItsDeadLetterCannotBeSent(LocalCloud cloud) throws Exception {
        String large = "\"" + "x".repeat((1 << 20) - 2) + "\"";

        cloud.lambda().invokeAsync("failing", large).completion().get(2, TimeUnit.MINUTES);

        assertThat(cloud.sqs().take("letters", PATIENCE).orElseThrow().body()).isEqualTo(large);
        assertThat(cloud.sqs().size("records")).isZero(); // with its wrapping it is too large for SQS, and logged
        assertThat(cloud.lambda().deadLetters()).hasSize(1);
    }

    @Test
    void messageArrivesAsAnEvent_andIsDeletedThen(LocalCloud cloud) throws Exception {
        String id = cloud.sqs().send("jobs", "one");

        JsonNode event = EVENTS.poll(20, TimeUnit.SECONDS);
        JsonNode message = event.path("Records").path(0);
        assertThat(message.path("messageId").asText()).isEqualTo(id);
        assertThat(message.path("body").asText()).isEqualTo("one");
        assertThat(message.path("eventSourceARN").asText()).isEqualTo("arn:aws:sqs:us-east-1:000000000000:jobs");
        assertThat(message.path("attributes").path("ApproximateReceiveCount").asText()).isEqualTo("1");
        awaitSize(cloud, "jobs", 0);
    }

    @Test
    void onlyFailedMessagesComeAgain_andThenGoToTheDeadLetters(LocalCloud cloud) throws Exception {
        cloud.sqs().send("jobs", "bad");
        cloud.sqs().send("jobs", "good");

        QueueMessage letter = cloud.sqs().take("given-up", PATIENCE).orElseThrow();

        assertThat(letter.body()).isEqualTo("bad");
        List<String> seen = new ArrayList<>();
        EVENTS.forEach(event -> event.path("Records").forEach(message -> seen.add(message.path("body").asText())));
        assertThat(seen).containsExactlyInAnyOrder("bad", "good", "bad");
        awaitSize(cloud, "jobs", 0);
    }

    @Test
    void eventArrivesTwice_whenItsSourceDeliversTwice(LocalCloud cloud) throws Exception {
        cloud.sqs().send("twice", "one");

        JsonNode first = EVENTS.poll(20, TimeUnit.SECONDS);
        assertThat(EVENTS.poll(20, TimeUnit.SECONDS)).isEqualTo(first).isNotNull();
        awaitSize(cloud, "twice", 0);
        assertThat(EVENTS).isEmpty();
    }

    @Test
    void allMessagesComeAgain_whenTheFunctionFails(LocalCloud cloud) {
        cloud.sqs().send("jobs", "fatal");

        assertThat(cloud.sqs().take("given-up", PATIENCE).orElseThrow().body()).isEqualTo("fatal");
        assertThat(EVENTS).hasSize(2);
    }

    @Test
    void chainThroughAQueueIsStopped_andItsMessageGoesToTheDeadLetters(LocalCloud cloud) {
        cloud.sqs().send("loop", "round");

        assertThat(cloud.sqs().take("given-up", PATIENCE).orElseThrow().body()).isEqualTo("round");
        assertThat(HOPS).filteredOn(hop -> hop.outcome().equals(InvocationAttempt.OK)).hasSize(16);
        assertThat(HOPS).filteredOn(hop -> hop.outcome().equals(DeadLetter.RECURSIVE_INVOCATION)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({ "1048576, true", "1048577, false" })
    void messageIsTaken_upToTheLimit(int characters, boolean taken, LocalCloud cloud) {
        String body = "x".repeat(characters);
        if (taken) {
            cloud.sqs().send("letters", body);
            assertThat(cloud.sqs().take("letters", PATIENCE).orElseThrow().body()).isEqualTo(body);
        } else {
            assertThatThrownBy(() -> cloud.sqs().send("letters", body)).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("MessageTooLong");
        }
    }

    @Test
    void queuesAreEmpty_afterAReset(LocalCloud cloud) {
        cloud.sqs().send("letters", "left over");
        assertThat(cloud.sqs().size("letters")).isOne();

        cloud.reset();

        assertThat(cloud.sqs().take("letters", Duration.ZERO)).isEmpty();
        assertThat(cloud.sqs().size("letters")).isZero();
    }

    @Test
    void functionProcessesAreToldWhereSqsIs(LocalCloud cloud) {
        try (LocalLambda lambda = LocalLambda.builder().sqs(cloud.sqs().endpoint())
                .function("f", spec -> spec.command(FakeRuntime.command())).start()) {
            assertThat(lambda.invoke("f", "\"env AWS_ENDPOINT_URL_SQS\"").payload())
                    .isEqualTo("\"" + cloud.sqs().endpoint() + "\"");
        }
    }

    private static byte[] fail(byte[] event, FunctionContext context) {
        throw new IllegalStateException("é".repeat(1_000));
    }

    private static byte[] read(byte[] event, FunctionContext context) {
        JsonNode json = HttpCalls.json(text(event));
        EVENTS.add(json);
        List<String> failed = new ArrayList<>();
        for (JsonNode message : json.path("Records")) {
            if (message.path("body").asText().equals("fatal")) {
                throw new IllegalStateException("fatal");
            }
            if (message.path("body").asText().equals("bad")) {
                failed.add("{\"itemIdentifier\":\"" + message.path("messageId").asText() + "\"}");
            }
        }
        return ("{\"batchItemFailures\":[" + String.join(",", failed) + "]}").getBytes();
    }

    /** Sends what it got to the queue that it came from, with the trace header, as an SDK does. */
    private static byte[] forward(byte[] event, FunctionContext context) {
        SqsMessage message = SqsMessage.of(HttpCalls.json(text(event)).path("Records").path(0).path("body").asText());
        CLOUD.cloud().sqs().client().send("loop", message.traced(context.traceHeader())).join();
        return null;
    }

    private static void awaitSize(LocalCloud cloud, String queue, int size) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (cloud.sqs().size(queue) != size && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(20); // deleting is asynchronous, and nothing tells when it is done
        }
        assertThat(cloud.sqs().size(queue)).isEqualTo(size);
    }

    private static String text(byte[] event) {
        return new String(event, StandardCharsets.UTF_8);
    }
}
