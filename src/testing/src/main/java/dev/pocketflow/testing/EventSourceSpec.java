package dev.pocketflow.testing;

import java.util.Objects;

/**
 * How a function is fed from a queue, see {@link LocalCloud.Builder#eventSource}. Configured while it is made, not thread-safe,
 * and not looked at afterwards.
 */
public final class EventSourceSpec {

    final String queue;
    final String function;
    int batchSize = 10;
    boolean reportBatchItemFailures;

    EventSourceSpec(String queue, String function) {
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
     * Has the function say which messages of an event failed, as {@code {"batchItemFailures": [{"itemIdentifier": "…"}]}}: only
     * these come again. Lambda's {@code FunctionResponseTypes: [ReportBatchItemFailures]}; default that all come again when the
     * invocation fails, and none else.
     */
    public EventSourceSpec reportBatchItemFailures() {
        reportBatchItemFailures = true;
        return this;
    }
}
