package dev.pocketflow.quarkus.internal.timer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.pocketflow.quarkus.internal.transport.EnvelopeTransport;

/** A timer that is lost when this process ends: for dev, tests, and functions whose process is permanent. */
public final class ProcessTimer implements WakeUpTimer {

    private final InstantSource clock;
    private final Executor executor;
    private final Consumer<EnvelopeTransport.Message> wake;

    /** @param wake resumes a run, on a thread of the executor */
    public ProcessTimer(InstantSource clock, Executor executor, Consumer<EnvelopeTransport.Message> wake) {
        this.clock = clock;
        this.executor = executor;
        this.wake = wake;
    }

    @Override
    public int limit() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void wake(EnvelopeTransport.Message message, Instant until) {
        long millis = Math.max(0, Duration.between(clock.instant(), until).toMillis());
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, executor).execute(() -> wake.accept(message));
    }
}
