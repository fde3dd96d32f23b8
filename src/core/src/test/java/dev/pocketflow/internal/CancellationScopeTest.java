package dev.pocketflow.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CancellationScopeTest {

    private final CancellationScope slot = new CancellationScope(null);

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    private static void elsewhere(Runnable task) throws InterruptedException {
        Thread thread = new Thread(task);
        thread.start();
        thread.join();
    }

    @Test
    void cancelledWithin_interruptsTheThread_untilItLeaves() throws Exception {
        assertThat(slot.enter()).isTrue();

        Thread thread = Thread.currentThread();
        Thread other = new Thread(slot::cancel);
        other.start();
        while (!thread.isInterrupted()) {
            Thread.onSpinWait();
        }

        slot.leave();
        assertThat(thread.isInterrupted()).isFalse();
        other.join();
    }

    @Test
    void cancelledAfterLeaving_doesNotInterrupt() throws Exception {
        slot.enter();
        slot.leave();

        elsewhere(slot::cancel);

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void cancelledBefore_isNotEntered() throws Exception {
        slot.cancel();

        assertThat(slot.enter()).isFalse();
        slot.cancel();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void cancelledByItsOwnThread_doesNotInterruptIt() {
        slot.enter();

        slot.cancel();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(slot.cancelled()).isTrue();
    }

    @Test
    void interruptFromOutside_outlastsTheStay() {
        slot.enter();
        Thread.currentThread().interrupt();

        slot.leave();

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void wholeCancelled_cancelsItsParts_notTheOtherWay() {
        CancellationScope part = new CancellationScope(new CancellationScope(slot));
        CancellationScope beside = new CancellationScope(slot);

        beside.cancel();
        assertThat(part.cancelled()).isFalse();
        assertThat(slot.cancelled()).isFalse();

        slot.cancel();
        assertThat(part.cancelled()).isTrue();
    }
}
