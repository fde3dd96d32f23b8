package dev.pocketflow.quarkus.internal;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.pocketflow.quarkus.HandOver;

/**
 * A message to an SQS queue, with the run, the hop, the flow and the trace context as its attributes. In a FIFO queue a run is
 * a group, and a hop is there once.
 */
final class SqsWayOut implements WayOut {

    private final String own;
    private final SqsQueues queues = new SqsQueues("pocketflow.sqs.queue-url, or pocketflow.remote for a RemoteFlow");

    SqsWayOut(HandOver.Sqs config) {
        this.own = config.queueUrl().map(URI::toString).orElse(null);
    }

    @Override
    public int limit() {
        return SqsQueues.LIMIT;
    }

    @Override
    public void send(Message message) {
        send(message, 0);
    }

    /** @param delay in seconds, at most 900 */
    void send(Message message, int delay) {
        String queue = message.address() == null ? own : message.address();
        if (queue == null) {
            throw Delivery.refused(message, "any queue", "this function has none. Set pocketflow.sqs.queue-url", null);
        }
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("traceparent", message.traceparent());
        texts.put("flow", message.flow());
        queues.send(queue, message, message.run() + "-" + message.hop(), texts, delay);
    }
}
