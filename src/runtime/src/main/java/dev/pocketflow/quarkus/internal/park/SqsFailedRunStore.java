package dev.pocketflow.quarkus.internal.park;

import java.net.URI;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.pocketflow.quarkus.internal.json.Sha256;
import dev.pocketflow.quarkus.internal.transport.EnvelopeTransport;
import dev.pocketflow.quarkus.internal.transport.SqsSender;

/**
 * A message to an SQS queue for each failed run. Its attributes are the run, the hop, the flow, the node and the type of the
 * failure. In a FIFO queue a run is a group, and each envelope is queued once.
 */
public final class SqsFailedRunStore implements FailedRunStore {

    private final String queue;
    private final SqsSender queues = new SqsSender("quarkus.pocketflow.park.queue-url");

    public SqsFailedRunStore(URI queue) {
        this.queue = queue.toString();
    }

    @Override
    public int limit() {
        return SqsSender.LIMIT;
    }

    @Override
    public boolean isDurable() {
        return true;
    }

    @Override
    public String park(Message parked) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("flow", parked.flow());
        texts.put("node", parked.node());
        texts.put("type", parked.type());
        // deduplicates by the envelope, not by the hop: the hop may have been resumed and may have failed again since
        queues.send(queue,
                new EnvelopeTransport.Message(parked.flow(), queue, parked.run(), parked.hop(), null, parked.envelope()),
                HexFormat.of().formatHex(Sha256.sha256(parked.envelope())), texts);
        return queue;
    }
}
