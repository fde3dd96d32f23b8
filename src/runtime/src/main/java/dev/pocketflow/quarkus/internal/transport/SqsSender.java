package dev.pocketflow.quarkus.internal.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.pocketflow.quarkus.internal.aws.AwsClients;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** Sends envelopes as messages of SQS, with the run, the hop and other texts as attributes. Thread-safe. */
public final class SqsSender {

    /**
     * The quota of a message, attributes included
     * (<a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html">SQS
     * quotas</a>).
     */
    static final int MESSAGE_LIMIT = 1_048_576;
    /** The bytes reserved for the attributes. A text that does not fit, such as a long name of a flow, is left out. */
    static final int ATTRIBUTES = 1_024;
    public static final int LIMIT = MESSAGE_LIMIT - ATTRIBUTES;

    private final AwsClients.Lazy<SqsClient> client;
    private final String setting;

    /** @param setting the configuration key that names the queue */
    public SqsSender(String setting) {
        this.setting = setting;
        // checks no digest of the answer: the seal protects the envelope, and a wrong digest would be too late to undo the
        // message
        this.client = new AwsClients.Lazy<>(
                () -> AwsClients.configure(SqsClient.builder()).checksumValidationEnabled(false).build());
    }

    /**
     * Sends an envelope.
     *
     * @param once the deduplication id in a FIFO queue, where a run is a group
     * @param texts attributes by their names; null, empty or invalid texts are left out
     */
    public void send(String queue, EnvelopeTransport.Message message, String once, Map<String, String> texts) {
        send(queue, message, once, texts, 0);
    }

    /** @param delay in seconds, at most 900; 0 in a FIFO queue, which delays no single message */
    public void send(String queue, EnvelopeTransport.Message message, String once, Map<String, String> texts, int delay) {
        String receiver = "the queue " + queue;
        String body = allowed(new String(message.body(), UTF_8));
        DeliveryErrors.fits(message, body.length() > LIMIT ? body.length() : body.getBytes(UTF_8).length, LIMIT, receiver);
        SendMessageRequest.Builder request = SendMessageRequest.builder().queueUrl(queue).messageBody(body)
                .messageAttributes(attributes(message, texts));
        if (delay > 0) {
            request.delaySeconds(delay);
        }
        if (queue.endsWith(".fifo")) {
            if (delay > 0) {
                throw DeliveryErrors.refused(message, receiver,
                        "a FIFO queue cannot delay a single message. Let runs wait through a standard queue: " + setting,
                        null);
            }
            request.messageGroupId(message.run()).messageDeduplicationId(once);
        }
        try {
            client.get().sendMessage(request.build());
        } catch (SdkException e) {
            throw AwsDeliveryErrors.delivery(message, receiver, e, this::wayOut);
        }
    }

    /** Escapes what SQS refuses: it accepts the characters of XML only. Valid JSON has two others, inside of strings. */
    private static String allowed(String json) {
        return json.replace("\uFFFE", "\\uFFFE").replace("\uFFFF", "\\uFFFF");
    }

    private static Map<String, MessageAttributeValue> attributes(EnvelopeTransport.Message message, Map<String, String> texts) {
        Map<String, MessageAttributeValue> attributes = new LinkedHashMap<>();
        attributes.put("run", attribute("String", message.run()));
        attributes.put("hop", attribute("Number", Integer.toString(message.hop())));
        texts.forEach((name, text) -> {
            if (text != null && !text.isEmpty() && text.equals(allowed(text))) {
                attributes.put(name, attribute("String", text));
                if (size(attributes) > ATTRIBUTES) {
                    attributes.remove(name);
                }
            }
        });
        return attributes;
    }

    private static MessageAttributeValue attribute(String type, String value) {
        return MessageAttributeValue.builder().dataType(type).stringValue(value).build();
    }

    private static int size(Map<String, MessageAttributeValue> attributes) {
        return attributes.entrySet().stream().mapToInt(each -> each.getKey().length() + each.getValue().dataType().length()
                + each.getValue().stringValue().getBytes(UTF_8).length).sum();
    }

    private String wayOut(String code) {
        return switch (code) {
            case "QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue" ->
                "Create it, or name another with " + setting;
            case "AccessDenied", "AccessDeniedException" -> "Allow sqs:SendMessage on it in this function's role";
            default -> null;
        };
    }
}
