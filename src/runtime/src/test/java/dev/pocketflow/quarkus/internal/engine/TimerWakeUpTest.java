package dev.pocketflow.quarkus.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;
import dev.pocketflow.quarkus.HandOverFailed;
import dev.pocketflow.quarkus.LedgerFailed;
import dev.pocketflow.quarkus.config.PocketFlowConfig;
import dev.pocketflow.quarkus.internal.response.HopResponse;
import dev.pocketflow.quarkus.internal.telemetry.StepLog;
import dev.pocketflow.quarkus.internal.transport.EnvelopeTransport;

class TimerWakeUpTest {

    private static final EnvelopeTransport.Message RUN = new EnvelopeTransport.Message("flow", null, "run", 3, null,
            new byte[0]);

    private final Deque<Object> answers = new ArrayDeque<>();
    private final List<EnvelopeTransport.Message> woken = new ArrayList<>();
    private final List<Duration> delays = new ArrayList<>();
    private final Deque<Runnable> later = new ArrayDeque<>();
    private final TimerWakeUp waker = new TimerWakeUp(this::work, (delay, task) -> {
        delays.add(delay);
        later.add(task);
    }, new StepLog(new PocketFlowConfig.Log() {
        @Override
        public boolean steps() {
            return false;
        }

        @Override
        public boolean causes() {
            return false;
        }

        @Override
        public boolean values() {
            return false;
        }
    }));

    private HopResponse work(EnvelopeTransport.Message message) {
        woken.add(message);
        if (answers.remove() instanceof RuntimeException e) {
            throw e;
        }
        return new HopResponse(answers.isEmpty() ? 200 : 500, new byte[0], "made up");
    }

    private void answers(Object... all) {
        answers.addAll(List.of(all));
        waker.accept(RUN);
    }

    @Test
    void runIsWokenAgain_whileItIsBusyOrTheLedgerFails() {
        answers(new EnvelopeRefused(Reason.BUSY, "busy"), new LedgerFailed("throttled", null),
                new EnvelopeRefused(Reason.BUSY, "busy"), "done");

        while (!later.isEmpty()) {
            later.remove().run();
        }

        assertThat(woken).containsExactly(RUN, RUN, RUN, RUN);
        assertThat(delays).containsExactly(TimerWakeUp.SOON, TimerWakeUp.SOON, TimerWakeUp.SOON);
    }

    @Test
    void runIsNotWokenAgain_afterItResumedOrFailed() {
        answers("done");
        answers("failed", "and another");

        assertThat(woken).hasSize(2);
        assertThat(later).isEmpty();
    }

    @Test
    void runIsNotWokenAgain_whenItIsRefusedOrUnreadable() {
        for (Reason reason : Reason.values()) {
            if (reason != Reason.BUSY) {
                answers(new EnvelopeRefused(reason, "made up"));
            }
        }
        answers(new HandOverFailed("the claim check is gone", null));
        answers(new IllegalStateException("made up"));

        assertThat(later).isEmpty();
    }
}
