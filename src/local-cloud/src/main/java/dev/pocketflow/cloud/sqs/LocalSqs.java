package dev.pocketflow.cloud.sqs;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.pocketflow.cloud.process.StandInProcess;

/**
 * SQS on 127.0.0.1: ElasticMQ in its own process, with strict limits. An AWS SDK reaches it by an endpoint override, with any
 * credentials and the region us-east-1. Thread-safe. The caller of {@code start()} closes it. It ends with this process at the
 * latest.
 * <p>
 * It differs from SQS: the size limit of 1,048,576 counts the characters of a message's body. SQS counts the bytes of the body
 * and of the attributes. Its time is the system's.
 */
public final class LocalSqs implements AutoCloseable {

    private final StandInProcess process;
    private final Set<String> queues = new ConcurrentSkipListSet<>();
    private volatile SqsClient client;

    private LocalSqs(StandInProcess process) {
        this.process = process;
    }

    /**
     * Starts it. The start takes some seconds; the first call waits for it.
     *
     * @throws IllegalStateException when ElasticMQ is not on this machine: the message names the searched places
     */
    public static LocalSqs start() {
        return new LocalSqs(StandInProcess.start("sqs"));
    }

    /**
     * The address, for {@code endpointOverride} and {@code AWS_ENDPOINT_URL_SQS}.
     *
     * @throws IllegalStateException when it does not start
     */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + process.port());
    }

    /** The URL of a queue. The queue need not exist. */
    public String queueUrl(String queue) {
        return client().queueUrl(queue);
    }

    /** Makes a queue with SQS's defaults. Does nothing if the queue exists. */
    public void createQueue(String queue) {
        createQueue(queue, spec -> {
        });
    }

    /** Makes a queue. */
    public void createQueue(String queue, Consumer<QueueSpec> configure) {
        QueueSpec spec = new QueueSpec();
        configure.accept(spec);
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("QueueName", queue);
        request.set("Attributes", spec.attributes());
        call("CreateQueue", request);
        queues.add(queue);
    }

    /**
     * Sends a message.
     *
     * @return its id
     */
    public String send(String queue, String body) {
        return call("SendMessage", client().forQueue(queue).put("MessageBody", body)).path("MessageId").asText();
    }

    /**
     * Receives a message and deletes it.
     *
     * @param wait the longest wait for a message; zero to take only one that is there
     * @return nothing without a visible message
     */
    public Optional<QueueMessage> take(String queue, Duration wait) {
        long end = System.nanoTime() + wait.toNanos();
        JsonNode message;
        do {
            Duration poll = wait.isZero() ? wait : SqsClient.LONG_POLL;
            message = call("ReceiveMessage", SqsClient.receiveAll(client().forQueue(queue), 1, poll)).path("Messages").path(0);
        } while (message.isMissingNode() && System.nanoTime() < end);
        if (message.isMissingNode()) {
            return Optional.empty();
        }
        call("DeleteMessage", client().forQueue(queue).put("ReceiptHandle", message.path("ReceiptHandle").asText()));
        return Optional.of(QueueMessage.of(message));
    }

    /**
     * The output of {@code aws sqs receive-message} for a queue. The message stays visible. It counts as received once more.
     */
    public String look(String queue) {
        ObjectNode request = SqsClient.receiveAll(client().forQueue(queue), 1, Duration.ZERO);
        return call("ReceiveMessage", request.put("VisibilityTimeout", 0)).toPrettyString();
    }

    /** The number of messages in a queue, including hidden ones. */
    public int size(String queue) {
        ObjectNode request = client().forQueue(queue);
        request.putArray("AttributeNames").add("All");
        JsonNode attributes = call("GetQueueAttributes", request).path("Attributes");
        return attributes.path("ApproximateNumberOfMessages").asInt()
                + attributes.path("ApproximateNumberOfMessagesNotVisible").asInt()
                + attributes.path("ApproximateNumberOfMessagesDelayed").asInt();
    }

    /** Empties all queues that were made here, as between two tests. */
    public void purge() {
        queues.forEach(queue -> call("PurgeQueue", client().forQueue(queue)));
    }

    /** Ends it. */
    @Override
    public void close() {
        process.close();
    }

    public static String arn(String queue) {
        return "arn:aws:sqs:us-east-1:" + SqsClient.ACCOUNT + ":" + queue;
    }

    public SqsClient client() {
        if (client == null) {
            client = new SqsClient(endpoint());
        }
        return client;
    }

    private JsonNode call(String action, ObjectNode request) {
        try {
            return client().call(action, request).join();
        } catch (CompletionException e) {
            throw new IllegalStateException("SQS: " + e.getCause().getMessage(), e.getCause());
        }
    }
}
