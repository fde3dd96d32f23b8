package dev.pocketflow.quarkus.internal.transport;

/** The transport of a function that sends no envelope: the run continues in this process, or the caller sends it on. */
final class NoTransport implements EnvelopeTransport {

    @Override
    public int limit() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void send(Message message) {
        throw new IllegalStateException("no transport is configured, so run " + message.run() + " cannot be sent");
    }
}
