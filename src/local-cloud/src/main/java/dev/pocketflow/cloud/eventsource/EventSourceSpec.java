package dev.pocketflow.cloud.eventsource;

import java.util.Objects;
import java.util.function.IntSupplier;

/**
 * Configuration of an event source, see {@link dev.pocketflow.cloud.LocalCloud.Builder#eventSource}. Not thread-safe. Later
 * changes have no effect.
 */
public final class EventSourceSpec {

    final String queue;
    final String function;
    int batchSize = 10;
    boolean reportBatchItemFailures;
    IntSupplier deliveries = () -> 1;

    public EventSourceSpec(String queue, String function) {
        this.queue = Objects.requireNonNull(queue, "queue");
        this.function = Objects.requireNonNull(function, "function");
    }

    /**
     * Sets the largest number of messages in an event, from 1 to 10; default 10. (Lambda's larger batches need a batching
     * window.)
     */
    public EventSourceSpec batchSize(int messages) {
        if (messages < 1 || messages > 10) {
            throw new IllegalArgumentException("batchSize must be from 1 to 10, was " + messages);
        }
        batchSize = messages;
        return this;
    }

    /**
     * Sets how often each event is delivered, since SQS promises at least once; default once. The result of the first delivery
     * decides which messages are delivered again. The further deliveries run at the same time, or afterwards if the function is
     * busy.
     *
     * @param deliveries gives at least 1; called on the thread of the event source, one event at a time
     */
    public EventSourceSpec deliveries(IntSupplier deliveries) {
        this.deliveries = Objects.requireNonNull(deliveries, "deliveries");
        return this;
    }

    /**
     * Lets the function report the messages that failed, as {@code {"batchItemFailures": [{"itemIdentifier": "…"}]}}. Only
     * those are delivered again. This is Lambda's {@code FunctionResponseTypes: [ReportBatchItemFailures]}. By default all
     * messages are delivered again when the invocation fails, and none otherwise.
     */
    public EventSourceSpec reportBatchItemFailures() {
        reportBatchItemFailures = true;
        return this;
    }
}
