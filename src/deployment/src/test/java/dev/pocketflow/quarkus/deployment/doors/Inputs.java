package dev.pocketflow.quarkus.deployment.doors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.pocketflow.quarkus.deployment.app.LambdaHandler;

/** Events of services of AWS. */
final class Inputs {

    /** https://docs.aws.amazon.com/eventbridge/latest/ref/overview-event-structure.html */
    static final String EVENT_BRIDGE = """
            {"version":"0","id":"6a7e8feb-b491-4cf7-a9f1-bf3703467718","detail-type":"Order placed","source":"shop",
             "account":"111122223333","time":"2026-12-01T18:43:48Z","region":"eu-west-1","resources":[],"detail":{"b":{"c":1.50}}}""";

    private static final ObjectMapper JSON = new ObjectMapper();

    private Inputs() {
    }

    /** https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
    static String sns(String message) throws Exception {
        return JSON.writeValueAsString(Map.of("Records", List.of(Map.of("EventSource", "aws:sns", "EventVersion", "1.0",
                "EventSubscriptionArn", "arn:aws:sns:eu-west-1:123456789012:t:1", "Sns",
                Map.of("Type", "Notification", "MessageId", "95df01b4-ee98-5cb9-9903-4c221d41eb5e", "TopicArn",
                        "arn:aws:sns:eu-west-1:123456789012:t", "Message", message, "Timestamp",
                        "2026-12-01T12:45:07.000Z")))));
    }

    static JsonNode handle(String event) throws Exception {
        return JSON.readTree(LambdaHandler.handle(60_000, event.getBytes(UTF_8)));
    }
}
