package dev.pocketflow.quarkus.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A delayed message to this function's queue; for what takes longer than SQS delays a message, one after another
 * (<a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-timers.html">message
 * timers</a>, which FIFO queues do not have).
 */
final class SqsTimer implements Timer {

    private static final Duration MOST = Duration.ofMinutes(15);

    private final SqsWayOut queue;
    private final InstantSource clock;

    SqsTimer(SqsWayOut queue, InstantSource clock) {
        this.queue = queue;
        this.clock = clock;
    }

    @Override
    public int limit() {
        return queue.limit();
    }

    @Override
    public void wake(WayOut.Message message, Instant until) {
        Duration left = Duration.between(clock.instant(), until);
        Duration delay = left.isNegative() ? Duration.ZERO : left.compareTo(MOST) > 0 ? MOST : left.plusMillis(999);
        queue.send(message, (int) delay.toSeconds());
    }
}
