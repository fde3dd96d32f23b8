package dev.pocketflow.quarkus.internal.timer;

import java.time.Instant;

import dev.pocketflow.quarkus.internal.transport.EnvelopeTransport;

/** The timer of a function that has none: only the caller resumes a run that waits. */
final class NoTimer implements WakeUpTimer {

    @Override
    public int limit() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void wake(EnvelopeTransport.Message message, Instant until) {
        throw new IllegalStateException("no timer is configured, so run " + message.run() + " cannot be resumed");
    }
}
