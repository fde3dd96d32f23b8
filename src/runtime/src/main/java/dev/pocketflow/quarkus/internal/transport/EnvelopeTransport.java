package dev.pocketflow.quarkus.internal.transport;

import dev.pocketflow.quarkus.HandOverFailed;

/** How an envelope leaves this function. Thread-safe. */
public interface EnvelopeTransport {

    /** Stands in for a transport that is not configured. */
    EnvelopeTransport NONE = new NoTransport();

    /** {@return the most bytes that {@link #send} takes at once} */
    int limit();

    /**
     * Sends an envelope; returns once the receiver's platform has taken it.
     *
     * @param message what to send, and where to
     * @throws HandOverFailed if it was not taken, or nobody knows whether it was
     */
    void send(Message message);

    /**
     * An envelope on its way.
     *
     * @param flow the flow that is to go on
     * @param address where that flow is, in this way's own terms; null for this function itself
     * @param run the run's ULID
     * @param hop the hop that is to work on it
     * @param traceparent the W3C trace context; null where there is none
     * @param body the envelope as JSON
     */
    record Message(String flow, String address, String run, int hop, String traceparent, byte[] body) {
    }
}
