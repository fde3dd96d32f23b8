package dev.pocketflow.quarkus.internal.transport;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.pocketflow.quarkus.config.HandOverConfig;

/**
 * A message to an SQS queue, with the run, the hop, the flow and the trace context as its attributes. In a FIFO queue a run is
 * a group, and each hop is queued once.
 */
public final class SqsTransport implements EnvelopeTransport {

    private final String own;
    private final SqsSender queues = new SqsSender(
            "quarkus.pocketflow.sqs.queue-url, or quarkus.pocketflow.remote for a RemoteFlow");

    public SqsTransport(HandOverConfig.Sqs config) {
        this.own = config.queueUrl().map(URI::toString).orElse(null);
    }

    @Override
    public int limit() {
        return SqsSender.LIMIT;
    }

    @Override
    public void send(Message message) {
        send(message, 0);
    }

    /** @param delay in seconds, at most 900 */
    public void send(Message message, int delay) {
        String queue = message.address() == null ? own : message.address();
        if (queue == null) {
            throw DeliveryErrors.refused(message, "any queue", "this function has no queue. Set "
                    + "quarkus.pocketflow.sqs.queue-url",
                    null);
        }
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("traceparent", message.traceparent());
        texts.put("flow", message.flow());
        queues.send(queue, message, message.run() + "-" + message.hop(), texts, delay);
    }
}
