package dev.pocketflow.quarkus.internal.entry;

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

/** What Lambda makes of messages from SQS: one event with their bodies as texts. */
final class SqsBatchEvent {

    private static final Logger LOG = Logger.getLogger("dev.pocketflow.sqs");

    /**
     * A message.
     *
     * @param id null where it has none
     * @param body an event by itself; null where it has none
     */
    record Message(String id, byte[] body, boolean inOrder) {
    }

    private SqsBatchEvent() {
    }

    /**
     * {@return the messages; null where the event is none of SQS}. Of SQS is an object that has nothing but records, at least
     * one,
     * and each of them from SQS. Any other event is an event like others, whichever service it tells of: it is not to be
     * dropped.
     */
    static List<Message> messages(byte[] event) {
        try (JsonParser json = Json.MAPPER.createParser(event)) {
            if (json.nextToken() != JsonToken.START_OBJECT || !"Records".equals(json.nextFieldName())
                    || json.nextToken() != JsonToken.START_ARRAY) {
                return null; // told without reading all of it
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
            return null; // whoever reads it as an event says what is wrong with it
        }
    }

    private static Message message(Map<?, ?> record) {
        String id = record.get("messageId") instanceof String text && !text.isBlank() ? text : null;
        byte[] body = record.get("body") instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : null;
        boolean inOrder = record.get("attributes") instanceof Map<?, ?> attributes && attributes.containsKey("MessageGroupId");
        return new Message(id, body, inOrder);
    }

    /**
     * {@return the ids of those that failed, as Lambda wants them; in a FIFO queue, the first failure and all after it}
     *
     * @throws RunFailed if one failed that has no id to report: then the whole batch has to come again
     */
    static byte[] work(List<Message> messages, Consumer<Message> work) {
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

    /** Whether the message is our own, and so holds nothing of what users or models said. */
    private static boolean isSafe(RuntimeException e) {
        return e instanceof RunFailed || e instanceof BadEvent || e instanceof EnvelopeRefused || e instanceof FlowException;
    }
}
