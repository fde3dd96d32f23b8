package dev.pocketflow.cloud.sqs;

import java.time.Duration;
import java.util.Objects;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How a queue of {@link LocalSqs} behaves. Configured while it is made, not thread-safe, and not looked at afterwards. */
public final class QueueSpec {

    private Duration visibilityTimeout = Duration.ofSeconds(30);
    private String deadLetters;
    private int maxReceiveCount;

    public QueueSpec() {
    }

    /**
     * How long a message that was received, and not deleted, is hidden before it comes again: from 0 to 12 hours, in whole
     * seconds; default 30 seconds.
     */
    public QueueSpec visibilityTimeout(Duration timeout) {
        if (timeout.isNegative() || timeout.compareTo(Duration.ofHours(12)) > 0) {
            throw new IllegalArgumentException("visibilityTimeout must be from PT0S to PT12H, was " + timeout);
        }
        visibilityTimeout = timeout;
        return this;
    }

    /**
     * Has a message moved to another queue instead of being received once more; default never.
     *
     * @param queue the name of a queue that there is already
     * @param maxReceiveCount how often a message may be received, from 1 to 1,000
     */
    public QueueSpec deadLetters(String queue, int maxReceiveCount) {
        if (maxReceiveCount < 1 || maxReceiveCount > 1_000) {
            throw new IllegalArgumentException("maxReceiveCount must be from 1 to 1000, was " + maxReceiveCount);
        }
        deadLetters = Objects.requireNonNull(queue, "queue");
        this.maxReceiveCount = maxReceiveCount;
        return this;
    }

    ObjectNode attributes() {
        ObjectNode attributes = JsonNodeFactory.instance.objectNode().put("VisibilityTimeout",
                Long.toString(visibilityTimeout.toSeconds()));
        if (deadLetters != null) {
            attributes.put("RedrivePolicy", JsonNodeFactory.instance.objectNode()
                    .put("deadLetterTargetArn", LocalSqs.arn(deadLetters)).put("maxReceiveCount", maxReceiveCount).toString());
        }
        return attributes;
    }
}
