package dev.pocketflow.cloud.eventsource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.pocketflow.cloud.invocation.InvokeResult;
import dev.pocketflow.cloud.invocation.LambdaError;
import dev.pocketflow.cloud.invocation.TraceHeader;
import dev.pocketflow.cloud.sqs.LocalSqs;

/** An event of messages that were received together, and the function's answer for each message. */
record SqsEvent(List<JsonNode> messages, byte[] json) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Makes one event of all messages, or several if one would exceed the size limit. */
    static List<SqsEvent> of(String queue, JsonNode messages) {
        List<SqsEvent> events = new ArrayList<>();
        List<JsonNode> batch = new ArrayList<>();
        ArrayNode records = JsonNodeFactory.instance.arrayNode();
        int bytes = 64;
        for (JsonNode message : messages) {
            ObjectNode eventRecord = eventRecord(queue, message);
            int size = eventRecord.toString().getBytes(StandardCharsets.UTF_8).length + 1;
            if (!batch.isEmpty() && bytes + size > LambdaError.SYNC_BYTES) {
                events.add(event(batch, records));
                batch = new ArrayList<>();
                records = JsonNodeFactory.instance.arrayNode();
                bytes = 64;
            }
            batch.add(message);
            records.add(eventRecord);
            bytes += size;
        }
        events.add(event(batch, records));
        return events;
    }

    /** The header of the longest chain; null when no message has one. */
    String traceHeader() {
        return messages.stream().map(message -> message.path("Attributes").path("AWSTraceHeader").asText(""))
                .filter(header -> !header.isEmpty()).max(Comparator.comparingInt(header -> TraceHeader.of(header).length()))
                .orElse(null);
    }

    /** The messages that are done. Empty if the answer is unreadable or names a message that was not in the event. */
    List<JsonNode> done(InvokeResult result, boolean reportBatchItemFailures) {
        if (result.failed()) {
            return List.of();
        }
        if (!reportBatchItemFailures) {
            return messages;
        }
        Set<String> failed = new HashSet<>();
        try {
            for (JsonNode failure : JSON.readTree(result.payload()).path("batchItemFailures")) {
                failed.add(failure.path("itemIdentifier").asText());
            }
        } catch (JsonProcessingException e) {
            return List.of();
        }
        List<String> ids = messages.stream().map(SqsEvent::id).toList();
        return ids.containsAll(failed) ? messages.stream().filter(message -> !failed.contains(id(message))).toList()
                : List.of();
    }

    private static String id(JsonNode message) {
        return message.path("MessageId").asText();
    }

    private static SqsEvent event(List<JsonNode> messages, ArrayNode records) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.set("Records", records);
        return new SqsEvent(messages, event.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode eventRecord(String queue, JsonNode message) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("messageId", id(message));
        json.put("receiptHandle", message.path("ReceiptHandle").asText());
        json.put("body", message.path("Body").asText());
        json.set("attributes", message.path("Attributes"));
        ObjectNode attributes = json.putObject("messageAttributes");
        message.path("MessageAttributes").fields().forEachRemaining(entry -> attributes.set(entry.getKey(),
                attribute(entry.getValue())));
        json.put("md5OfBody", message.path("MD5OfBody").asText());
        json.put("eventSource", "aws:sqs");
        json.put("eventSourceARN", LocalSqs.arn(queue));
        json.put("awsRegion", "us-east-1");
        return json;
    }

    private static ObjectNode attribute(JsonNode value) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (value.has("StringValue")) {
            json.put("stringValue", value.path("StringValue").asText());
        }
        if (value.has("BinaryValue")) {
            json.put("binaryValue", value.path("BinaryValue").asText());
        }
        json.putArray("stringListValues");
        json.putArray("binaryListValues");
        return json.put("dataType", value.path("DataType").asText());
    }
}
