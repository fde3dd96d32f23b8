package dev.pocketflow.cloud.sqs;

import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A message taken from a queue of {@link LocalSqs}.
 *
 * @param attributes the values of the attributes that the sender set, by name
 * @param system the attributes that SQS sets, such as {@code ApproximateReceiveCount} and {@code AWSTraceHeader}
 */
public record QueueMessage(String id, String body, Map<String, String> attributes, Map<String, String> system) {

    static QueueMessage of(JsonNode message) {
        Map<String, String> attributes = new LinkedHashMap<>();
        message.path("MessageAttributes").fields()
                .forEachRemaining(entry -> attributes.put(entry.getKey(), entry.getValue().path("StringValue").asText()));
        Map<String, String> system = new LinkedHashMap<>();
        message.path("Attributes").fields()
                .forEachRemaining(entry -> system.put(entry.getKey(), entry.getValue().asText()));
        return new QueueMessage(message.path("MessageId").asText(), message.path("Body").asText(), attributes, system);
    }
}
