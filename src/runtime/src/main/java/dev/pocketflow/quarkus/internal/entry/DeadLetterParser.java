package dev.pocketflow.quarkus.internal.entry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.internal.cloudevent.EventIdentity;
import dev.pocketflow.quarkus.internal.engine.EntryEvent;
import dev.pocketflow.quarkus.internal.json.RawMember;

/**
 * Finds the event in a dead letter, in the form of the service that stored it after a failure. Each form is recognised by all
 * the members that its service always writes. So the store of a new run, which may have any names, is not taken for a dead
 * letter:
 * <ul>
 * <li>The invocation record of an on-failure destination of Lambda, unless it reports a success (<a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html">Capturing records</a>; a dead-letter
 * queue gets the event unchanged). It stands alone, or is the detail of an event of EventBridge (<a
 * href="https://docs.aws.amazon.com/eventbridge/latest/ref/overview-event-structure.html">structure of events</a>).</li>
 * <li>A message of SQS as {@code ReceiveMessage} answers it, alone or as the only one of a list (<a
 * href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Message.html">Message</a>).</li>
 * <li>A message of SQS as Lambda receives it, alone or as the only record of an event (<a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html">Using Lambda with Amazon SQS</a>).</li>
 * <li>A notification of SNS (<a href="https://docs.aws.amazon.com/sns/latest/dg/http-notification-json.html">notification JSON
 * format</a>; a notification of a FIFO topic has no signature).</li>
 * </ul>
 */
final class DeadLetterParser {

    private static final Pattern MD5 = Pattern.compile("[0-9a-fA-F]{32}");

    private DeadLetterParser() {
    }

    /**
     * {@return the original event inside; null if this is not a dead letter}
     *
     * @param json the object, in UTF-8
     * @throws BadEvent if there are several events inside
     */
    static byte[] event(Map<String, Object> object, byte[] json) {
        if (isInvocationRecord(object)) {
            return RawMember.of(json, "requestPayload");
        }
        if (isEventOfARecord(object)) {
            return RawMember.of(RawMember.of(json, "detail"), "requestPayload");
        }
        String text = text(object);
        return text == null ? null : text.getBytes(UTF_8);
    }

    /**
     * {@return the event inside with its identity}. The same event, delivered again by itself, has the same identity. The
     * writer of a dead letter chooses these ids. So they count only if the platform lets no strangers send.
     */
    static EntryEvent identified(Map<String, Object> object, EntryEvent inside) {
        Map<?, ?> record = isEventOfARecord(object) ? (Map<?, ?>) object.get("detail") : object;
        if (isInvocationRecord(record)) {
            return inside.withIdentity(EventIdentity.Kind.LAMBDA,
                    (String) ((Map<?, ?>) record.get("requestContext")).get("requestId"));
        }
        if (isNotification(object)) {
            return inside.withIdentity(EventIdentity.Kind.LAMBDA, request(object, "Value")).withIdentity(EventIdentity.Kind.SNS,
                    (String) object.get("MessageId"));
        }
        Map<?, ?> received = only(object, "Messages", DeadLetterParser::isMessage);
        if (received != null) {
            return inside.withIdentity(EventIdentity.Kind.LAMBDA, request(received, "StringValue")).withIdentity(
                    EventIdentity.Kind.SQS,
                    (String) received.get("MessageId"));
        }
        Map<?, ?> delivered = only(object, "Records", DeadLetterParser::isRecord);
        return delivered == null ? inside : inside.withIdentity(EventIdentity.Kind.SQS, (String) delivered.get("messageId"));
    }

    /**
     * {@return the id of the failed request}. Lambda writes it if it put the message into its dead-letter queue or topic.
     *
     * @param value the service's name for the value of an attribute
     */
    private static String request(Map<?, ?> message, String value) {
        return message.get("MessageAttributes") instanceof Map<?, ?> attributes
                && attributes.get("RequestID") instanceof Map<?, ?> request && request.get(value) instanceof String id
                        ? id
                        : null;
    }

    private static String text(Map<String, Object> object) {
        Map<?, ?> received = only(object, "Messages", DeadLetterParser::isMessage);
        if (received != null) {
            return (String) received.get("Body");
        }
        Map<?, ?> delivered = only(object, "Records", DeadLetterParser::isRecord);
        if (delivered != null) {
            return (String) delivered.get("body");
        }
        return isNotification(object) ? (String) object.get("Message") : null;
    }

    private static boolean isInvocationRecord(Map<?, ?> object) {
        return object.containsKey("requestPayload") && texts(object, "version", "timestamp")
                && object.get("requestContext") instanceof Map<?, ?> context
                && texts(context, "requestId", "functionArn", "condition")
                && context.get("approximateInvokeCount") instanceof Number && !context.get("condition").equals("Success");
    }

    private static boolean isEventOfARecord(Map<?, ?> object) {
        return texts(object, "version", "id", "detail-type", "source", "account", "time", "region")
                && "lambda".equals(object.get("source")) && object.get("detail") instanceof Map<?, ?> detail
                && isInvocationRecord(detail);
    }

    private static boolean isMessage(Map<?, ?> object) {
        return texts(object, "MessageId", "ReceiptHandle", "MD5OfBody", "Body")
                && MD5.matcher((String) object.get("MD5OfBody")).matches();
    }

    private static boolean isRecord(Map<?, ?> object) {
        return texts(object, "messageId", "body") && "aws:sqs".equals(object.get("eventSource"));
    }

    private static boolean isNotification(Map<?, ?> object) {
        return texts(object, "MessageId", "TopicArn", "Message", "Timestamp") && "Notification".equals(object.get("Type"))
                && ((String) object.get("TopicArn")).startsWith("arn:");
    }

    private static boolean texts(Map<?, ?> object, String... names) {
        for (String name : names) {
            if (!(object.get(name) instanceof String)) {
                return false;
            }
        }
        return true;
    }

    /** {@return the object if it has this form, or the only one that it lists; null if neither} */
    private static Map<?, ?> only(Map<String, Object> object, String list, Predicate<Map<?, ?>> form) {
        if (form.test(object)) {
            return object;
        }
        if (!Set.of(list, "ResponseMetadata").containsAll(object.keySet()) // boto3 adds this member
                || !(object.get(list) instanceof List<?> messages) || messages.isEmpty()
                || !messages.stream().allMatch(each -> each instanceof Map<?, ?> message && form.test(message))) {
            return null;
        }
        if (messages.size() > 1) {
            throw new BadEvent(400, "there are " + messages.size() + " messages of a queue in this event, and an event is one "
                    + "run. Send them one at a time: jq '." + list + "[0]' is the first");
        }
        return (Map<?, ?>) messages.get(0);
    }
}
