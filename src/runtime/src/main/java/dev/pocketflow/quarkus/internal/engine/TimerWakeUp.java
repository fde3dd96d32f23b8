package dev.pocketflow.quarkus.internal.engine;

import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.LedgerFailed;
import dev.pocketflow.quarkus.internal.response.HopResponse;
import dev.pocketflow.quarkus.internal.telemetry.StepLog;
import dev.pocketflow.quarkus.internal.transport.EnvelopeTransport;

/** Resumes runs when their timer fires. No caller waits for them. Thread-safe. */
public final class TimerWakeUp implements Consumer<EnvelopeTransport.Message> {

    /** The delay before a busy hop or a failed ledger is tried again. */
    static final Duration SOON = Duration.ofSeconds(10);

    private final Function<EnvelopeTransport.Message, HopResponse> work;
    private final BiConsumer<Duration, Runnable> later;
    private final StepLog log;

    /** @param later runs a task after a time */
    public TimerWakeUp(Function<EnvelopeTransport.Message, HopResponse> work, BiConsumer<Duration, Runnable> later,
            StepLog log) {
        this.work = work;
        this.later = later;
        this.log = log;
    }

    @Override
    public void accept(EnvelopeTransport.Message message) {
        try {
            HopResponse answer = work.apply(message);
            if (answer.failed()) {
                log.unheard(message.run(), answer.message());
            }
        } catch (RuntimeException e) {
            log.woken(message.run(), e);
            if (e instanceof LedgerFailed
                    || e instanceof EnvelopeRefused refused && refused.reason() == EnvelopeRefused.Reason.BUSY) {
                later.accept(SOON, () -> accept(message)); // nobody else would resume the run
            }
        }
    }
}
