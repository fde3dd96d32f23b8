package dev.pocketflow.quarkus.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.pocketflow.quarkus.HandOver;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * A message to an SQS queue, with the run, the hop, the flow and the trace context as its attributes. In a FIFO queue a run is
 * a
 * group, and a hop is there once.
 */
final class SqsWayOut implements WayOut {

    /**
     * The quota of a message, attributes included
     * (<a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html">SQS
     * quotas</a>).
     */
    static final int MESSAGE_LIMIT = 1_048_576;
    /** What is kept free for the attributes; a flow whose name does not fit in goes without that attribute. */
    static final int ATTRIBUTES = 1_024;
    static final int LIMIT = MESSAGE_LIMIT - ATTRIBUTES;

    private final String own;
    private final AwsClients.Lazy<SqsClient> client;

    SqsWayOut(HandOver.Sqs config) {
        this.own = config.queueUrl().map(URI::toString).orElse(null);
        // no digest of what came back: the seal guards the envelope, and a wrong digest would be too late to undo the message
        this.client = new AwsClients.Lazy<>(
                () -> AwsClients.configure(SqsClient.builder()).checksumValidationEnabled(false).build());
    }

    @Override
    public int limit() {
        return LIMIT;
    }

    @Override
    public void send(Message message) {
        String queue = message.address() == null ? own : message.address();
        String receiver = "the queue " + queue;
        if (queue == null) {
            throw Delivery.refused(message, "any queue", "this function has none. Set pocketflow.sqs.queue-url", null);
        }
        String body = allowed(new String(message.body(), UTF_8));
        Delivery.fits(message, body.length() > LIMIT ? body.length() : body.getBytes(UTF_8).length, LIMIT, receiver);
        try {
            client.get().sendMessage(request(message, queue, body));
        } catch (SdkException e) {
            throw AwsFailure.delivery(message, receiver, e, SqsWayOut::wayOut);
        }
    }

    /** SQS takes the characters of XML only. These two are the ones beyond in valid JSON, where they stand in strings. */
    private static String allowed(String json) {
        return json.replace("\uFFFE", "\\uFFFE").replace("\uFFFF", "\\uFFFF");
    }

    private static SendMessageRequest request(Message message, String queue, String body) {
        SendMessageRequest.Builder request = SendMessageRequest.builder().queueUrl(queue).messageBody(body)
                .messageAttributes(attributes(message));
        if (queue.endsWith(".fifo")) {
            request.messageGroupId(message.run()).messageDeduplicationId(message.run() + "-" + message.hop());
        }
        return request.build();
    }

    private static Map<String, MessageAttributeValue> attributes(Message message) {
        Map<String, MessageAttributeValue> attributes = new LinkedHashMap<>();
        attributes.put("run", attribute("String", message.run()));
        attributes.put("hop", attribute("Number", Integer.toString(message.hop())));
        if (message.traceparent() != null) {
            attributes.put("traceparent", attribute("String", message.traceparent()));
        }
        attributes.put("flow", attribute("String", message.flow()));
        if (size(attributes) > ATTRIBUTES || !message.flow().equals(allowed(message.flow()))) {
            attributes.remove("flow");
        }
        return attributes;
    }

    private static MessageAttributeValue attribute(String type, String value) {
        return MessageAttributeValue.builder().dataType(type).stringValue(value).build();
    }

    private static int size(Map<String, MessageAttributeValue> attributes) {
        return attributes.entrySet().stream().mapToInt(each -> each.getKey().length() + each.getValue().dataType().length()
                + each.getValue().stringValue().getBytes(UTF_8).length).sum();
    }

    private static String wayOut(String code) {
        return switch (code) {
            case "QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue" -> "Create it, or name another with "
                    + "pocketflow.sqs.queue-url, or pocketflow.remote for a RemoteFlow";
            case "AccessDenied", "AccessDeniedException" -> "Allow sqs:SendMessage on it in this function's role";
            default -> null;
        };
    }
}
