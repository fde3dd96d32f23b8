package dev.pocketflow.quarkus.internal;

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
import dev.pocketflow.internal.Json;
import dev.pocketflow.internal.OneLine;
import dev.pocketflow.quarkus.BadEvent;
import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.RunFailed;

/** What Lambda makes of messages from SQS: one event with their bodies as texts. */
final class SqsBatch {

    private static final Logger LOG = Logger.getLogger("dev.pocketflow.sqs");

    /** @param body an event by itself */
    record Message(String id, byte[] body, boolean inOrder) {
    }

    private SqsBatch() {
    }

    /** {@return the messages; null where the event is none of SQS} */
    static List<Message> messages(byte[] event) {
        try (JsonParser json = Json.MAPPER.createParser(event)) {
            if (json.nextToken() != JsonToken.START_OBJECT || !"Records".equals(json.nextFieldName())
                    || json.nextToken() != JsonToken.START_ARRAY) {
                return null; // told without reading all of it
            }
            List<Message> messages = new ArrayList<>();
            while (json.nextToken() == JsonToken.START_OBJECT) {
                Map<?, ?> message = json.readValueAs(Map.class);
                if (!"aws:sqs".equals(message.get("eventSource")) || !(message.get("body") instanceof String body)) {
                    return null;
                }
                boolean inOrder = message.get("attributes") instanceof Map<?, ?> attributes
                        && attributes.containsKey("MessageGroupId");
                messages.add(new Message((String) message.get("messageId"), body.getBytes(StandardCharsets.UTF_8), inOrder));
            }
            return messages;
        } catch (IOException e) {
            return null; // whoever reads it as an event says what is wrong with it
        }
    }

    /** {@return the ids of those that failed, as Lambda wants them; in a FIFO queue, the first failure and all after it} */
    static byte[] work(List<Message> messages, Consumer<Message> work) {
        List<Map<String, String>> failures = new ArrayList<>();
        for (Message message : messages) {
            if (!failures.isEmpty() && message.inOrder()) {
                failures.add(Map.of("itemIdentifier", message.id()));
                continue;
            }
            try {
                work.accept(message);
            } catch (RuntimeException e) {
                LOG.warnf("message=%s failed: %s", OneLine.of(message.id()),
                        isSafe(e) ? e.getMessage() : e.getClass().getName());
                failures.add(Map.of("itemIdentifier", message.id()));
            }
        }
        return Answer.json(Map.of("batchItemFailures", failures));
    }

    /** Whether the message is our own, and so holds nothing of what users or models said. */
    private static boolean isSafe(RuntimeException e) {
        return e instanceof RunFailed || e instanceof BadEvent || e instanceof EnvelopeRefused || e instanceof FlowException;
    }
}
