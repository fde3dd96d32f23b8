package dev.pocketflow.cloud.sqs;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A message to send.
 *
 * @param attributes by name
 * @param traceHeader null for none
 */
public record SqsMessage(String body, Map<String, Attribute> attributes, String traceHeader) {

    public static SqsMessage of(String body) {
        return new SqsMessage(body, Map.of(), null);
    }

    public SqsMessage with(String name, String type, String value) {
        Map<String, Attribute> more = new LinkedHashMap<>(attributes);
        more.put(name, new Attribute(type, value));
        return new SqsMessage(body, more, traceHeader);
    }

    public SqsMessage traced(String header) {
        return new SqsMessage(body, attributes, header);
    }

    record Attribute(String type, String value) {
    }
}
