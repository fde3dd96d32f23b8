package dev.pocketflow.cloud.sqs;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.pocketflow.testing.http.DaemonThreads;

/** The calls of SQS that the local cloud makes, in AWS JSON 1.0 and unsigned. */
public final class SqsClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    /**
     * The time of a long poll. It is shorter than SQS's 20 seconds, because ElasticMQ does not wake a waiting receiver when it
     * moves a dead letter to the queue.
     */
    public static final Duration LONG_POLL = Duration.ofSeconds(1);
    static final String ACCOUNT = "000000000000";

    private final URI endpoint;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newCachedThreadPool(DaemonThreads.named("sqs-client"))).build();

    public SqsClient(URI endpoint) {
        this.endpoint = endpoint;
    }

    String queueUrl(String queue) {
        return endpoint + "/" + ACCOUNT + "/" + queue;
    }

    /** The message's id. */
    public CompletableFuture<String> send(String queue, SqsMessage message) {
        ObjectNode request = forQueue(queue).put("MessageBody", message.body());
        message.attributes().forEach((name, attribute) -> request.withObject("/MessageAttributes").putObject(name)
                .put("DataType", attribute.type()).put("StringValue", attribute.value()));
        if (message.traceHeader() != null) {
            request.putObject("MessageSystemAttributes").putObject("AWSTraceHeader").put("DataType", "String")
                    .put("StringValue", message.traceHeader());
        }
        return call("SendMessage", request).thenApply(response -> response.path("MessageId").asText());
    }

    public ObjectNode forQueue(String queue) {
        return JsonNodeFactory.instance.objectNode().put("QueueUrl", queueUrl(queue));
    }

    /** The request to receive messages with all their attributes. */
    public static ObjectNode receiveAll(ObjectNode request, int messages, Duration wait) {
        request.put("MaxNumberOfMessages", messages).put("WaitTimeSeconds", wait.toSeconds());
        request.putArray("AttributeNames").add("All");
        request.putArray("MessageAttributeNames").add("All");
        return request;
    }

    /** Completes exceptionally, with a {@link SqsException}, when SQS refuses. */
    public CompletableFuture<JsonNode> call(String action, ObjectNode request) {
        HttpRequest post = HttpRequest.newBuilder(endpoint).timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/x-amz-json-1.0").header("X-Amz-Target", "AmazonSQS." + action)
                .POST(HttpRequest.BodyPublishers.ofString(request.toString())).build();
        return http.sendAsync(post, HttpResponse.BodyHandlers.ofString()).thenApply(response -> answer(action, response));
    }

    private static JsonNode answer(String action, HttpResponse<String> response) {
        try {
            JsonNode body = JSON.readTree(response.body());
            if (response.statusCode() == 200) {
                return body;
            }
            throw new SqsException(action + ": HTTP " + response.statusCode() + ", " + body.path("__type").asText() + ", "
                    + body.path("message").asText(body.path("Message").asText()));
        } catch (JsonProcessingException e) {
            throw new SqsException(action + ": HTTP " + response.statusCode() + ", no JSON");
        }
    }

    /** A call that SQS refused. */
    static final class SqsException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        SqsException(String message) {
            super(message);
        }
    }
}
