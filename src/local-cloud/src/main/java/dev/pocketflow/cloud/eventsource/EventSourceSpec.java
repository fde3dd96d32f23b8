package dev.pocketflow.cloud.eventsource;

import java.util.Objects;
import java.util.function.IntSupplier;

/**
 * How a function is fed from a queue, see {@link dev.pocketflow.cloud.LocalCloud.Builder#eventSource}. Configured while it is
 * made, not thread-safe,
 * and not looked at afterwards.
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

    /** How many messages an event has at most, from 1 to 10, the default. (Lambda's larger batches need a batching window.) */
    public EventSourceSpec batchSize(int messages) {
        if (messages < 1 || messages > 10) {
            throw new IllegalArgumentException("batchSize must be from 1 to 10, was " + messages);
        }
        batchSize = messages;
        return this;
    }

    /**
     * How often an event is delivered, asked right before it is: SQS promises at least once. What the first delivery comes to
     * decides which messages come again; the others are there at the same time, or after it where the function is busy.
     * Default once.
     *
     * @param deliveries gives at least 1; called on the thread of the event source, one event at a time
     */
    public EventSourceSpec deliveries(IntSupplier deliveries) {
        this.deliveries = Objects.requireNonNull(deliveries, "deliveries");
        return this;
    }

    /**
     * Has the function say which messages of an event failed, as {@code {"batchItemFailures": [{"itemIdentifier": "…"}]}}: only
     * these come again. Lambda's {@code FunctionResponseTypes: [ReportBatchItemFailures]}; default that all come again when the
     * invocation fails, and none else.
     */
    public EventSourceSpec reportBatchItemFailures() {
        reportBatchItemFailures = true;
        return this;
    }
}
