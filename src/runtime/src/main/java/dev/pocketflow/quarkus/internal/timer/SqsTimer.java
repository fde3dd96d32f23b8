package dev.pocketflow.quarkus.internal.timer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import dev.pocketflow.quarkus.internal.transport.EnvelopeTransport;
import dev.pocketflow.quarkus.internal.transport.SqsTransport;

/**
 * A delayed message to this function's queue. A longer wait uses one message after another (<a
 * href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-timers.html">message timers</a>,
 * which FIFO queues do not have).
 */
public final class SqsTimer implements WakeUpTimer {

    private static final Duration MOST = Duration.ofMinutes(15);

    private final SqsTransport queue;
    private final InstantSource clock;

    public SqsTimer(SqsTransport queue, InstantSource clock) {
        this.queue = queue;
        this.clock = clock;
    }

    @Override
    public int limit() {
        return queue.limit();
    }

    @Override
    public void wake(EnvelopeTransport.Message message, Instant until) {
        Duration left = Duration.between(clock.instant(), until);
        Duration delay = left.isNegative() ? Duration.ZERO : left.compareTo(MOST) > 0 ? MOST : left.plusMillis(999);
        queue.send(message, (int) delay.toSeconds());
    }
}
