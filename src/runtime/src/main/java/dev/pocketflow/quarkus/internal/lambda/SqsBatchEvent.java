package dev.pocketflow.quarkus.internal.lambda;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import dev.pocketflow.FlowException;
import dev.pocketflow.internal.LogText;
import dev.pocketflow.internal.json.Json;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.RunFailed;
import dev.pocketflow.quarkus.internal.response.HopResponse;

/** An event that Lambda makes of messages from SQS, with their bodies as texts. */
public final class SqsBatchEvent {

    private static final Logger LOG = Logger.getLogger("dev.pocketflow.sqs");

    /**
     * A message.
     *
     * @param id null without one
     * @param body an event by itself; null without one
     */
    public record Message(String id, byte[] body, boolean inOrder) {
    }

    private SqsBatchEvent() {
    }

    /**
     * {@return the messages; null if the event is not from SQS}. An event is from SQS if it has only records, at least one, and
     * all of them are from SQS. Any other event is parsed as usual and never dropped.
     */
    public static List<Message> messages(byte[] event) {
        try (JsonParser json = Json.MAPPER.createParser(event)) {
            if (json.nextToken() != JsonToken.START_OBJECT || !"Records".equals(json.nextFieldName())
                    || json.nextToken() != JsonToken.START_ARRAY) {
                return null; // decided without reading the rest
            }
            List<Message> messages = new ArrayList<>();
            while (json.nextToken() == JsonToken.START_OBJECT) {
                Map<?, ?> record = json.readValueAs(Map.class);
                if (!"aws:sqs".equals(record.get("eventSource"))) {
                    return null;
                }
                messages.add(message(record));
            }
            boolean whole = json.currentToken() == JsonToken.END_ARRAY && json.nextToken() == JsonToken.END_OBJECT
                    && json.nextToken() == null;
            return whole && !messages.isEmpty() ? messages : null;
        } catch (IOException e) {
            return null; // the parser of events reports the fault
        }
    }

    private static Message message(Map<?, ?> record) {
        String id = record.get("messageId") instanceof String text && !text.isBlank() ? text : null;
        byte[] body = record.get("body") instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : null;
        boolean inOrder = record.get("attributes") instanceof Map<?, ?> attributes && attributes.containsKey("MessageGroupId");
        return new Message(id, body, inOrder);
    }

    /**
     * {@return the ids of the failed messages, as Lambda expects them; in a FIFO queue, the first failure and all messages
     * after it}
     *
     * @throws RunFailed if a failed message has no id: then the whole batch must be delivered again
     */
    public static byte[] work(List<Message> messages, Consumer<Message> work) {
        List<Message> failures = new ArrayList<>();
        for (Message message : messages) {
            if (!failures.isEmpty() && message.inOrder()) {
                failures.add(message);
                continue;
            }
            try {
                work.accept(message);
            } catch (RuntimeException e) {
                LOG.warnf("message=%s failed: %s", LogText.of(String.valueOf(message.id())),
                        isSafe(e) ? e.getMessage() : e.getClass().getName());
                failures.add(message);
            }
        }
        if (failures.stream().anyMatch(message -> message.id() == null)) {
            throw new RunFailed("a message of the batch failed and has no messageId to report it by, so the whole batch fails");
        }
        return HopResponse.json(Map.of("batchItemFailures",
                failures.stream().map(message -> Map.of("itemIdentifier", message.id())).toList()));
    }

    /** {@return whether the exception's message is our own}. Then it holds no text of users or models. */
    private static boolean isSafe(RuntimeException e) {
        return e instanceof RunFailed || e instanceof BadEvent || e instanceof EnvelopeRefused || e instanceof FlowException;
    }
}
