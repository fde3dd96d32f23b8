package dev.pocketflow.quarkus.internal.lambda;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.pocketflow.quarkus.internal.cloudevent.EventIdentity.Kind;
import dev.pocketflow.quarkus.internal.json.RawMember;
import dev.pocketflow.quarkus.internal.response.OutcomeWriter;

/**
 * The event that a notification of SNS or an event of EventBridge carries (<a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html">SNS</a>, <a
 * href="https://docs.aws.amazon.com/eventbridge/latest/ref/overview-event-structure.html">EventBridge</a>).
 *
 * @param body the message, or the detail
 * @param kind the kind of its identity
 * @param id the id that each delivery of it has
 */
record ServiceEvent(byte[] body, Kind kind, String id) {

    private static final Mentions RARE = new Mentions("aws:sns", "detail-type");

    /** {@return the event inside; null if it is of neither service} Only an event that may be one is parsed. */
    static ServiceEvent of(byte[] event) {
        if (!RARE.in(event)) {
            return null;
        }
        try {
            return OutcomeWriter.read(event) instanceof Map<?, ?> object ? of(object, event) : null;
        } catch (IOException e) {
            return null; // the parser of events reports the fault
        }
    }

    private static ServiceEvent of(Map<?, ?> object, byte[] event) {
        if (object.keySet().equals(Set.of("Records")) && object.get("Records") instanceof List<?> records
                && records.size() == 1 && records.get(0) instanceof Map<?, ?> record
                && "aws:sns".equals(record.get("EventSource")) && record.get("Sns") instanceof Map<?, ?> notification
                && notification.get("Message") instanceof String message
                && notification.get("MessageId") instanceof String id) {
            return new ServiceEvent(message.getBytes(StandardCharsets.UTF_8), Kind.SNS, id);
        }
        boolean texts = List.of("version", "id", "detail-type", "source", "account", "time", "region").stream()
                .allMatch(name -> object.get(name) instanceof String);
        return texts && object.get("resources") instanceof List && object.get("detail") instanceof Map
                && !"lambda".equals(object.get("source"))
                        ? new ServiceEvent(RawMember.of(event, "detail"), Kind.EVENT_BRIDGE, (String) object.get("id"))
                        : null;
    }
}
