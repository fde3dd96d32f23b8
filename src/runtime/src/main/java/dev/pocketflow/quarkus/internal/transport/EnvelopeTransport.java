package dev.pocketflow.quarkus.internal.transport;

import dev.pocketflow.quarkus.HandOverFailed;

/** The transport of envelopes to the next invocation. Thread-safe. */
public interface EnvelopeTransport {

    /** Stands in for a transport that is not configured. */
    EnvelopeTransport NONE = new NoTransport();

    /** {@return the most bytes of one {@link #send}} */
    int limit();

    /**
     * Sends an envelope; returns once the receiver's platform has accepted it.
     *
     * @param message the envelope and its receiver
     * @throws HandOverFailed if it was not accepted, or if that is unknown
     */
    void send(Message message);

    /**
     * An envelope with its receiver and its transport headers.
     *
     * @param flow the flow that resumes
     * @param address the flow's address in the transport's own form; null for this function itself
     * @param run the run's ULID
     * @param hop the hop that must work on it
     * @param traceparent the W3C trace context; null without one
     * @param body the envelope as JSON
     */
    record Message(String flow, String address, String run, int hop, String traceparent, byte[] body) {
    }
}
