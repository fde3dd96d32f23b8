package dev.pocketflow.cloud.sqs;

import java.time.Duration;
import java.util.Objects;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Configuration of a queue of {@link LocalSqs}. Not thread-safe. Later changes have no effect. */
public final class QueueSpec {

    private Duration visibilityTimeout = Duration.ofSeconds(30);
    private String deadLetters;
    private int maxReceiveCount;

    public QueueSpec() {
    }

    /**
     * Sets the time for which a received message is hidden before it is delivered again: from 0 to 12 hours, in whole seconds;
     * default 30 seconds.
     */
    public QueueSpec visibilityTimeout(Duration timeout) {
        if (timeout.isNegative() || timeout.compareTo(Duration.ofHours(12)) > 0) {
            throw new IllegalArgumentException("visibilityTimeout must be from PT0S to PT12H, was " + timeout);
        }
        visibilityTimeout = timeout;
        return this;
    }

    /**
     * Moves a message to another queue after too many receptions; default never.
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
